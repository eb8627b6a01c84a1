export { openEmbeddedServer, type EmbeddedServer } from './postgres/embedded-server';
