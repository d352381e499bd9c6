/** Hands the chosen theme to Mantine, whose own script and style tags the content security policy forbids. */
import { createTheme, MantineProvider, type MantineColorsTuple } from '@mantine/core';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { applyTheme, keptTheme, shownTheme, type Theme } from './theme.ts';

/** Deep teal. The same ten values stand in `styles/tokens.css`, because no style tag may be made at run time. */
const TEAL: MantineColorsTuple = [
  '#e8f4f4',
  '#cfe6e6',
  '#a3cfd0',
  '#73b5b8',
  '#479a9f',
  '#268087',
  '#106a72',
  '#0b585f',
  '#0b474d',
  '#0b3b42',
];

const LOOK = createTheme({
  primaryColor: 'heed',
  primaryShade: { light: 7, dark: 4 },
  colors: { heed: TEAL },
  fontFamily: 'var(--font)',
  defaultRadius: 'sm',
  cursorType: 'pointer',
  components: {
    // Named, so that the style sheet can give the filled one its ink.
    Button: { defaultProps: { size: 'sm', variant: 'filled' } },
  },
});

const Context = createContext<(theme: Theme) => void>(() => undefined);
export const useScheme = () => useContext(Context);

export function Scheme({ children }: { readonly children: ReactNode }) {
  const [theme, setTheme] = useState<Theme>(keptTheme);
  const [shown, setShown] = useState(() => shownTheme(theme));
  useEffect(() => {
    const follow = () => {
      applyTheme(theme);
      setShown(shownTheme(theme));
    };
    follow();
    const system = matchMedia('(prefers-color-scheme: dark)');
    system.addEventListener('change', follow);
    return () => system.removeEventListener('change', follow);
  }, [theme]);
  return (
    <MantineProvider theme={LOOK} withCssVariables={false} withGlobalClasses={false} forceColorScheme={shown}>
      <Context.Provider value={setTheme}>{children}</Context.Provider>
    </MantineProvider>
  );
}
