/** Small pictures of a series, oldest first. Always beside the number they tell. */

/** Bars of equal width; the last six are the present. */
export function Spark({
  values,
  label,
  wide = false,
}: {
  readonly values: readonly number[];
  readonly label: string;
  readonly wide?: boolean;
}) {
  const top = Math.max(1, ...values);
  const step = 100 / Math.max(1, values.length);
  return (
    <svg className={wide ? 'spark spark-wide' : 'spark'} viewBox="0 0 100 24" preserveAspectRatio="none" role="img" aria-label={label}>
      {values.map((value, index) => {
        const height = value === 0 ? 0.8 : Math.max(2, (value / top) * 24);
        const key = `${index}`;
        return (
          <rect
            key={key}
            className={index >= values.length - 6 ? 'spark-now' : 'spark-then'}
            x={index * step + step * 0.12}
            y={24 - height}
            width={step * 0.76}
            height={height}
          />
        );
      })}
    </svg>
  );
}

/** A source's last day in half hours: full where documents came, thin where none came, hatched where nothing could be read. */
export function Strip({ cells, label }: { readonly cells: readonly number[]; readonly label: string }) {
  const shown = [...Array.from({ length: Math.max(0, 48 - cells.length) }, () => null), ...cells];
  return (
    <svg className="strip" viewBox="0 0 192 14" preserveAspectRatio="none" role="img" aria-label={label}>
      {shown.map((cell, index) => {
        const key = `${index}`;
        if (cell === null) return <rect key={key} x={index * 4} y="6.5" width="3" height="1" className="strip-before" />;
        if (cell < 0)
          return <path key={key} d={`M${index * 4} 14L${index * 4 + 3} 0M${index * 4} 0L${index * 4 + 3} 14`} className="strip-dark" />;
        return (
          <rect
            key={key}
            x={index * 4}
            y={cell === 0 ? 10 : 0}
            width="3"
            height={cell === 0 ? 4 : 14}
            className={cell === 0 ? 'strip-none' : 'strip-some'}
          />
        );
      })}
    </svg>
  );
}
