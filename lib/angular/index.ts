export { httpClientTransport, type HttpClientTransportOptions } from './http-client-transport';
export { injectFanout } from './inject-fanout';
export { provideFanout } from './provide-fanout';
