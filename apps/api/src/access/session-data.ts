import 'express-session';

declare module 'express-session' {
  interface SessionData {
    /** Who signed in; everything else about the person is read from the database. */
    userId: string;
    /** When, in epoch milliseconds: a session ends after twelve hours however busy it is. */
    signedInAt: number;
  }
}
