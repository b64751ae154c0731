import type { Deployment, RouterConfig } from './config/router-config';
import { axiosTransport } from './transport/axios';
import { isAxiosInstance } from './transport/axios-instance';
import type { Transport } from './transport/transport';

/** How calls travel: one transport for all deployments that do not bring their own, one for each axios that they bring. */
export function routerTransports({ transport, caps }: Pick<RouterConfig, 'transport' | 'caps'>): {
  readonly open: (deployment: Pick<Deployment, 'transport'>) => Transport;
  readonly close: () => void;
} {
  const opened = new Map<Deployment['transport'], { readonly transport: Transport; readonly close: () => void }>();
  const open = (given: Deployment['transport']): Transport => {
    if (given !== undefined && !isAxiosInstance(given)) return given;
    const known = opened.get(given);
    if (known !== undefined) return known.transport;
    const axios = axiosTransport({ instance: given, caps });
    opened.set(given, axios);
    return axios.transport;
  };
  return {
    open: (deployment) => open(deployment.transport ?? transport),
    close: () => {
      for (const { close } of opened.values()) close();
    },
  };
}
