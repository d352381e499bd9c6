/** The heading of a page: its name, one line of what matters, and what can be done. */
import { type ReactNode, useEffect } from 'react';

export function Heading({ title, aside, children }: { readonly title: string; readonly aside?: ReactNode; readonly children?: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · 闻应 Heed`;
  }, [title]);
  return (
    <div className="heading">
      <div className="heading-text">
        <h1 tabIndex={-1}>{title}</h1>
        {aside !== undefined && <div className="heading-aside">{aside}</div>}
      </div>
      {children !== undefined && <div className="heading-do">{children}</div>}
    </div>
  );
}
