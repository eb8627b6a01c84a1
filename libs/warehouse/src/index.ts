export {
  Database,
  Connection,
  quoteIdentifier,
  quoteLiteral,
  type DatabaseOptions,
  type Parameter,
  type Row,
} from './database';
