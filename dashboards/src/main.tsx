import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router-dom';
import { createQueryClient } from './api/query-client';
import { App } from './App';
import './design/tokens.css';
import './design/base.css';
import './design/layout.css';
import './design/table.css';
import './design/controls.css';
import './design/states.css';
import './lists/lists.css';
import { applyTheme, readTheme } from './design/theme';
import './measurement/measurement.css';
import { forgetSession } from './session/queries';

applyTheme(readTheme());
const queryClient = createQueryClient(forgetSession);
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element #root');

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <BrowserRouter>
        <App />
      </BrowserRouter>
    </QueryClientProvider>
  </StrictMode>,
);
