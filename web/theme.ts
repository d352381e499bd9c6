/**
 * Runs before the app so that the page never flashes in the wrong colours. A file of its own: the content security policy allows no
 * inline script.
 */
import { applyTheme, keptTheme } from './parts/theme.ts';

applyTheme(keptTheme());
