import '@mantine/core/styles.css';
import './styles/tokens.css';
import './styles/frame.css';
import './styles/parts.css';
import './styles/rooms.css';
import './styles/issue.css';
import './styles/forms.css';
import './styles/phone.css';
import './styles/print.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';

const place = document.getElementById('desk');
if (place === null) throw new Error('The page has no place for the desk.');
createRoot(place).render(<App />);
