import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

interface Service {
  image?: string;
  build?: string;
  profiles?: string[];
  environment?: Record<string, string>;
  volumes?: string[];
  ports?: string[];
  secrets?: string[];
  depends_on?: Record<string, { condition: string }>;
  [key: string]: unknown;
}

const root = join(__dirname, '..', '..');
const compose = parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8')) as {
  services: Record<string, Service>;
  volumes: Record<string, null>;
  secrets: Record<string, { file: string }>;
};
const services = Object.entries(compose.services);

/** What Compose knows of a service and this file uses; anything else is a slip of the pen. */
const KNOWN_KEYS = new Set(
  `build cap_drop command depends_on entrypoint env_file environment healthcheck image ports profiles read_only restart
   secrets security_opt tmpfs volumes`.split(/\s+/),
);

it('holds the program, PostgreSQL and, as a profile, Redis', () => {
  expect(Object.keys(compose.services).sort()).toEqual(['app', 'postgres', 'redis', 'roles']);
  expect(compose.services['redis']?.profiles).toEqual(['redis']);
});

it.each(services)(
  'describes the service %s with keys that Compose knows, and where its image comes from',
  (_, service) => {
    expect(Object.keys(service).filter((key) => !KNOWN_KEYS.has(key))).toEqual([]);
    expect([service.image, service.build].filter(Boolean)).toHaveLength(1);
  },
);

it.each(services)('lets the service %s name only services, volumes and secrets that exist', (_, service) => {
  expect(Object.keys(compose.services)).toEqual(expect.arrayContaining(Object.keys(service.depends_on ?? {})));
  expect(Object.keys(compose.secrets)).toEqual(expect.arrayContaining(service.secrets ?? []));
  const named = (service.volumes ?? []).map((volume) => volume.split(':')[0]).filter((name) => !name?.startsWith('.'));
  expect(Object.keys(compose.volumes)).toEqual(expect.arrayContaining(named));
});

it('holds no password: each is asked for, and the start is refused without it', () => {
  const settings = services.flatMap(([, { environment }]) => Object.entries(environment ?? {}));
  const withPassword = settings.filter(
    ([name, value]) => name.endsWith('PASSWORD') || /:\/\/[^/@]+:[^@]+@/.test(value),
  );
  expect(withPassword.length).toBeGreaterThan(3);
  for (const [, value] of withPassword) expect(value).toMatch(/\$\{[A-Z_]+:\?set [A-Z_]+\}/);
});

it('opens ports on the own machine only', () => {
  const ports = services.flatMap(([, service]) => service.ports ?? []);
  expect(ports.length).toBeGreaterThan(0);
  for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
});

it('gives the program the role that is not the owner, and no way to the owner', () => {
  const environment = compose.services['app']?.environment ?? {};
  expect(environment['DATABASE_URL']).toContain('//aktindsigt_program:');
  expect(JSON.stringify(environment)).not.toContain('OWNER');
  expect(compose.services['roles']?.environment?.['MIGRATION_DATABASE_URL']).toContain('//aktindsigt_owner:');
});

it('builds an image that runs as an ordinary user, from folders that exist', () => {
  const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8');
  const lastStage = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));
  expect(lastStage).toMatch(/^USER node$/m);
  const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(
    ([, names]) => names?.split(' ') ?? [],
  );
  expect(copied).toEqual(expect.arrayContaining(['package.json', 'package-lock.json', 'src', 'templates']));
  for (const name of copied.filter((path) => !path.includes('*')))
    expect([name, existsSync(join(root, name))]).toEqual([name, true]);
});
