/** True when the desk has to be built: a look at some hundred files, a few milliseconds. */
export function isWebOld(): boolean;
/** `node`: path of a Node new enough for Vite. What Vite says goes to stderr. True when it went well. */
export function buildWeb(node: string): boolean;
