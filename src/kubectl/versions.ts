// What kubectl and the server call themselves. Models apimachinery/pkg/version.

export const KUSTOMIZE_VERSION = 'v5.8.1';

const RELEASE = { major: '1', minor: '36' };
const built = (gitVersion: string) => ({ gitVersion, gitTreeState: 'clean', compiler: 'gc', platform: 'linux/amd64' });

export const clientVersion = { ...RELEASE, ...built('v1.36.4') };

/** What this cluster behaves as, and the oldest release that it gets on with. */
export const serverVersion = {
  ...RELEASE,
  emulationMajor: '1',
  emulationMinor: '36',
  minCompatibilityMajor: '1',
  minCompatibilityMinor: '35',
  ...built('v1.36.2'),
};
