import { useEffect, useId, useRef, useState } from 'react';
import { useSignOut } from '../session/queries';
import { roleText, type SignedInUser } from '../session/session';
import { Icon } from './Icon';
import { applyTheme, useTheme, type Theme } from './theme';

const THEMES: { theme: Theme; label: string }[] = [
  { theme: 'system', label: 'Auto' },
  { theme: 'light', label: 'Light' },
  { theme: 'dark', label: 'Dark' },
];

/** Who is signed in, the colour theme, sign-out. Esc or a click elsewhere closes it. */
export function UserMenu({ user }: { user: SignedInUser }) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const menuId = useId();
  const theme = useTheme();
  const signOut = useSignOut();

  useEffect(() => {
    if (!open) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      setOpen(false);
      root.current?.querySelector('button')?.focus();
    };
    const onPointer = (event: PointerEvent) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('keydown', onKey);
    document.addEventListener('pointerdown', onPointer);
    return () => {
      document.removeEventListener('keydown', onKey);
      document.removeEventListener('pointerdown', onPointer);
    };
  }, [open]);

  return (
    <div className="menu" ref={root}>
      <button
        type="button"
        className="button button-quiet"
        aria-expanded={open}
        aria-controls={menuId}
        onClick={() => setOpen(!open)}
      >
        {user.name} <Icon name="caret" />
      </button>
      {open && (
        <div className="menu-items" id={menuId}>
          <div className="menu-head">
            <div>{roleText(user.role)}</div>
            <div className="small quiet">{user.email}</div>
          </div>
          <div className="menu-head">
            <div className="segmented" role="group" aria-label="Colour theme">
              {THEMES.map((choice) => (
                <button
                  key={choice.theme}
                  type="button"
                  aria-pressed={theme === choice.theme}
                  onClick={() => applyTheme(choice.theme)}
                >
                  {choice.label}
                </button>
              ))}
            </div>
          </div>
          <button type="button" className="button button-quiet" onClick={() => signOut.mutate()}>
            Sign out
          </button>
        </div>
      )}
    </div>
  );
}
