/** The name: an ear's two arcs over a voice. */
export function Wordmark({ big = false }: { readonly big?: boolean }) {
  return (
    <span className={big ? 'wordmark wordmark-big' : 'wordmark'}>
      <svg viewBox="0 0 32 24" aria-hidden="true" focusable="false">
        <path d="M9 19a7 7 0 0 1 14 0" fill="none" stroke="currentColor" strokeWidth="2.6" strokeLinecap="round" />
        <path
          d="M3.5 19a12.5 12.5 0 0 1 25 0"
          fill="none"
          stroke="currentColor"
          strokeOpacity=".5"
          strokeWidth="2.2"
          strokeLinecap="round"
        />
        <circle cx="16" cy="18.6" r="3" className="wordmark-voice" />
      </svg>
      <span className="wordmark-zh" lang="zh-CN">
        闻应
      </span>
      <span className="wordmark-en" lang="en">
        Heed
      </span>
    </span>
  );
}
