import { Link } from '@tanstack/react-router';
import { useWords } from './words.tsx';

export function NotFound() {
  const { t } = useWords();
  return (
    <div className="page">
      <div className="heading">
        <h1 tabIndex={-1}>{t('state.notFound')}</h1>
      </div>
      <p>
        <Link to="/today">{t('nav.today')}</Link>
      </p>
    </div>
  );
}
