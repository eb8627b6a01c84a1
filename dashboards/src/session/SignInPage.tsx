import { useEffect, useState } from 'react';
import { ApiProblem } from '../api/problem';
import { Brand } from '../design/Brand';
import { useSignIn } from './queries';
import { roleText, type DemoUser } from './session';
import './sign-in.css';

/** Sign-in. Demo users are offered only when the API names them. */
export function SignInPage({ demoUsers = [] }: { demoUsers?: DemoUser[] }) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useSignIn();

  useEffect(() => {
    document.title = 'Sign in · Catchment';
  }, []);

  return (
    <main className="center-screen sign-in">
      <div className="panel center-card">
        <div className="brand">
          <Brand />
        </div>
        <h1>Sign in</h1>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            signIn.mutate({ email, password });
          }}
        >
          <label className="field">
            Email
            <input
              className="input"
              type="email"
              name="email"
              autoComplete="username"
              required
              value={email}
              onChange={(event) => setEmail(event.target.value)}
            />
          </label>
          <label className="field">
            Password
            <input
              className="input"
              type="password"
              name="password"
              autoComplete="current-password"
              required
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          </label>
          {signIn.isError && (
            <p className="sign-in-problem" role="alert">
              {problemText(signIn.error)}
            </p>
          )}
          <button className="button button-primary" type="submit" disabled={signIn.isPending}>
            {signIn.isPending ? 'Signing in…' : 'Sign in'}
          </button>
        </form>
      </div>
      {demoUsers.length > 0 && (
        <DemoUsers
          users={demoUsers}
          busy={signIn.isPending}
          onChoose={(user) => signIn.mutate({ email: user.email, password: user.password })}
        />
      )}
    </main>
  );
}

interface DemoUsersProps {
  users: DemoUser[];
  busy: boolean;
  onChoose: (user: DemoUser) => void;
}

function DemoUsers({ users, busy, onChoose }: DemoUsersProps) {
  return (
    <section className="demo-users" aria-labelledby="demo-users">
      <h2 id="demo-users">Demo: sign in as</h2>
      <ul>
        {users.map((user) => (
          <li key={user.email}>
            <button type="button" disabled={busy} onClick={() => onChoose(user)}>
              <strong>{roleText(user.role)}</strong>
              <span>{user.displayName}</span>
            </button>
          </li>
        ))}
      </ul>
      <p className="small quiet">Synthetic patients only.</p>
    </section>
  );
}

function problemText(error: Error): string {
  if (error instanceof ApiProblem) return error.detail ?? error.title;
  return 'Sign-in failed.';
}
