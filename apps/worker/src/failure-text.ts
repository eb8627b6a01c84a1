export { failureText, isFinal } from '@catchment/platform';
