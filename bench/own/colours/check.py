#!/usr/bin/env python3
"""Check the issue sketches: schema, counts, split, labels, sums; print the agreement of the readings.

    python3 check.py            verify everything, exit 1 on the first kind of fault found
    python3 check.py --sums     write SHA256SUMS anew (after an intended change)
"""
import collections, datetime, hashlib, json, os, sys

HERE = os.path.dirname(os.path.abspath(__file__))
LEVELS = ["none", "blue", "yellow", "orange", "red"]
STANDING = {"official", "press", "community", "request", "report"}
KIND = {"article", "post", "reply", "request", "report", "listing"}
DOC = {"source", "standing", "family", "readers", "kind", "minutesAgo", "title", "text", "reach", "times", "over", "copies", "images"}
SKETCH = {"id", "language", "now", "title", "topicKnown", "documents", "answered", "hoursUnanswered"}
faults = []


def fault(where, what):
    faults.append("%s: %s" % (where, what))


def rows(name):
    with open(os.path.join(HERE, name), encoding="utf8") as f:
        return [json.loads(line) for line in f]


def whole(v, low=0):
    return isinstance(v, int) and not isinstance(v, bool) and v >= low


def sketch(s):
    i = s.get("id", "?")
    if set(s) != SKETCH: fault(i, "fields %s" % (set(s) ^ SKETCH))
    if s["language"] not in ("zh", "en"): fault(i, "language")
    if datetime.datetime.fromisoformat(s["now"].replace("Z", "+00:00")).tzinfo is None: fault(i, "now without a zone")
    if not s["title"].strip(): fault(i, "no title")
    if not isinstance(s["topicKnown"], bool): fault(i, "topicKnown")
    if not 3 <= len(s["documents"]) <= 12: fault(i, "%d documents" % len(s["documents"]))
    if s["answered"] not in ("none", "partly", "full"): fault(i, "answered")
    h = s["hoursUnanswered"]
    if h is not None and not (isinstance(h, (int, float)) and h >= 0): fault(i, "hoursUnanswered")
    if (h is None) != (s["answered"] == "full"): fault(i, "hoursUnanswered is null exactly when answered in full")
    standing = {}
    for d in s["documents"]:
        if set(d) != DOC: fault(i, "document fields %s" % (set(d) ^ DOC))
        if d["standing"] not in STANDING: fault(i, "standing %s" % d["standing"])
        if d["kind"] not in KIND: fault(i, "kind %s" % d["kind"])
        if standing.setdefault(d["source"], d["standing"]) != d["standing"]: fault(i, "source %s has two standings" % d["source"])
        if d["readers"] is not None and not whole(d["readers"], 1): fault(i, "readers")
        if d["family"] is not None and not d["family"]: fault(i, "family")
        if not d["text"].strip(): fault(i, "empty text")
        if not all(whole(d[k]) for k in ("minutesAgo", "reach", "over", "copies", "images")): fault(i, "a count is not a whole number")
        if not whole(d["times"], 1): fault(i, "times")
        if d["over"] > d["minutesAgo"]: fault(i, "voices after now")
        if (d["times"] > 1) != (d["over"] > 0): fault(i, "times and over do not fit")
    ago = [d["minutesAgo"] for d in s["documents"]]
    if ago != sorted(ago, reverse=True): fault(i, "documents not oldest first")


def agreement(labels):
    n = len(labels)
    print("\nagreement of the three readings (n = %d)" % n)
    for x, y in (("a", "b"), ("a", "c"), ("b", "c")):
        same = sum(r[x] == r[y] for r in labels)
        near = sum(abs(LEVELS.index(r[x]) - LEVELS.index(r[y])) <= 1 for r in labels)
        pe = sum(sum(r[x] == l for r in labels) * sum(r[y] == l for r in labels) for l in LEVELS) / n / n
        print("  %s-%s  exact %d (%.1f %%)   within one level %d (%.1f %%)   kappa %.3f" %
              (x.upper(), y.upper(), same, 100 * same / n, near, 100 * near / n, (same / n - pe) / (1 - pe)))
    print("  all three the same %d; three different %d" %
          (sum(len({r["a"], r["b"], r["c"]}) == 1 for r in labels), sum(len({r["a"], r["b"], r["c"]}) == 3 for r in labels)))
    for x in "abc":
        print("  reading %s differs from the label: %d" % (x.upper(), sum(r[x] != r["label"] for r in labels)))


def sums():
    out = []
    for base, dirs, files in os.walk(HERE):
        dirs[:] = sorted(d for d in dirs if not d.startswith(("_", ".")))
        for f in sorted(files):
            p = os.path.relpath(os.path.join(base, f), HERE)
            if p == "SHA256SUMS": continue
            with open(os.path.join(HERE, p), "rb") as h:
                out.append("%s  %s" % (hashlib.sha256(h.read()).hexdigest(), p))
    return sorted(out, key=lambda l: l.split("  ", 1)[1])


def main():
    if "--sums" in sys.argv:
        with open(os.path.join(HERE, "SHA256SUMS"), "w") as f: f.write("\n".join(sums()) + "\n")
    parts = {n: rows(n + ".jsonl") for n in ("dev", "held")}
    every = parts["dev"] + parts["held"]
    ids = [s["id"] for s in every]
    if sorted(ids) != ["s%03d" % (k + 1) for k in range(200)]: fault("split", "not s001 to s200, each once")
    for s in every: sketch(s)
    labels = rows("labels.jsonl")
    by = {r["id"]: r for r in labels}
    if [r["id"] for r in labels] != sorted(ids): fault("labels.jsonl", "ids")
    for r in labels:
        if set(r) != {"id", "a", "b", "c", "label"} or not all(r[k] in LEVELS for k in ("a", "b", "c", "label")): fault(r["id"], "label fields")
        # the middle of three is the majority where there is one
        if r["label"] != sorted((r["a"], r["b"], r["c"]), key=LEVELS.index)[1]: fault(r["id"], "label is not the majority or the middle")
    for n, part in parts.items():
        if len(part) != 100: fault(n, "%d sketches" % len(part))
        if rows("labels-%s.jsonl" % n) != [by[s["id"]] for s in part]: fault(n, "labels differ from labels.jsonl or are in another order")
    for n, part in (("B", "b"), ("C", "c")):
        got = {r["id"]: r["level"] for r in rows("readings/%s.jsonl" % n) if r["use"] == "label"}
        if got != {r["id"]: r[part] for r in labels}: fault("readings/%s.jsonl" % n, "differs from labels.jsonl")
    kept = open(os.path.join(HERE, "SHA256SUMS")).read().split("\n")[:-1] if os.path.exists(os.path.join(HERE, "SHA256SUMS")) else []
    if kept != sums(): fault("SHA256SUMS", "does not fit the files (python3 check.py --sums after an intended change)")

    for n, part in list(parts.items()) + [("all", every)]:
        c = collections.Counter(by[s["id"]]["label"] for s in part)
        g = collections.Counter(s["language"] for s in part)
        print("%-5s %3d  %s   zh %d  en %d  documents %d" % (n, len(part), "  ".join("%s %d" % (l, c[l]) for l in LEVELS), g["zh"], g["en"], sum(len(s["documents"]) for s in part)))
    d = collections.Counter(len(s["documents"]) for s in every)
    print("documents a sketch: " + ", ".join("%d×%d" % (d[k], k) for k in sorted(d)))
    agreement(labels)
    for n in "BC":
        r = rows("readings/%s.jsonl" % n)
        first = {x["id"]: x["level"] for x in r if x["round"] == 1}
        again = [(first[x["id"]], x["level"]) for x in r if x["use"] == "repeat"]
        print("  reading %s repeated on %d sketches: %d the same" % (n, len(again), sum(x == y for x, y in again)))
    if faults:
        print("\n%d faults" % len(faults)); print("\n".join(faults[:40])); sys.exit(1)
    print("\nok")


main()
