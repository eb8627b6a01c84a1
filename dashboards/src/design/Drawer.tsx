import { useLayoutEffect, useRef, type ReactNode } from 'react';

interface DrawerProps {
  title: ReactNode;
  /** Accessible name. */
  label: string;
  onClose: () => void;
  children: ReactNode;
}

/** A panel over the right side of a list: modal, Esc or a click beside it closes it, focus returns. */
export function Drawer({ title, label, onClose, children }: DrawerProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  // A dialog gives the focus back when it is closed, which has to be while it is still in the document.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="drawer"
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      <div className="drawer-bar">
        <div>{title}</div>
        <button type="button" className="button button-small" onClick={onClose}>
          Close <span className="quiet">Esc</span>
        </button>
      </div>
      <div className="drawer-body">{children}</div>
    </dialog>
  );
}
