/** Inject with `@Inject(STORE) store: Store`: runs of sources hold a role on the database itself. */
export const STORE = Symbol('store');
