/** One pictogram on 16 x 16: `line` is stroked 1.4, `dot` is filled, `dashed` is for what has no wall of its own. */
export interface PictogramPath {
  readonly line: string
  readonly dot?: string
  readonly dashed?: true
}

/** Every pictogram by its own name, in paths of our own drawing: no vendor's set is clean to ship. */
export const pictogramPaths = {
  pod: { line: 'M8 1.9 13.4 5v6L8 14.1 2.6 11V5ZM2.8 5.1 8 8.1l5.2-3M8 8.1v5.8' },
  deployment: { line: 'M3.2 6.6 8 4l4.8 2.6v4.6L8 13.8l-4.8-2.6ZM5.6 3.4 8 2.2l5 2.8v3.4' },
  replicaset: {
    line: 'M2.2 6.4 6.4 4l4.2 2.4v4.8l-4.2 2.4-4.2-2.4ZM7 2.4l1.6-.9 5.2 3v5.9l-1.5.9M2.4 6.5l4 2.3 4-2.3M6.4 8.8v4.6',
  },
  statefulset: {
    line: `M3 3.6v3.2c0 1 2.2 1.9 5 1.9s5-.9 5-1.9V3.6M3 8.9v3.3c0 1 2.2 1.9 5 1.9s5-.9 5-1.9V8.9${ellipse(8, 3.6, 5, 1.8)}`,
  },
  daemonset: {
    line: `${box(1.8, 9.6, 12.4, 4, 1)}M5.2 9.6V7M8 9.6V7M10.8 9.6V7M8 1.8l3.2 1.7v2.3H4.8V3.5Z`,
    dot: dot(4.2, 11.6, 0.7),
  },
  job: { line: `M8 1.9 13.4 5v6L8 14.1 2.6 11V5ZM5.4 8.2l1.8 1.8 3.4-3.8` },
  cronjob: { line: `${ring(8, 8, 6)}M8 4.6V8l2.4 1.6M8 1.1v.9M14.9 8H14M8 14.9V14M1.1 8H2` },
  node: { line: `M4.6 6.4h2M4.6 9.6h2${box(2, 3, 12, 10, 1.6)}`, dot: dot(11, 6.4, 0.8) + dot(11, 9.6, 0.8) },
  service: {
    line: `M8 4.9v2.2M7.1 9.4 4.6 11.2M8.9 9.4l2.5 1.8${ring(8, 3.2, 1.7)}${ring(8, 8.4, 1.3)}${ring(3.4, 12.2, 1.6)}${ring(12.6, 12.2, 1.6)}`,
  },
  endpoints: {
    line: `${ring(3.4, 8, 1.6)}M5 7.4 10.8 4.6M5 8.6l5.8 2.8M5 8h5.8${ring(12.4, 4, 1.4)}${ring(12.4, 8, 1.4)}${ring(12.4, 12, 1.4)}`,
  },
  ingress: { line: 'M1.8 8h7.4M6.8 5.4 9.4 8l-2.6 2.6M10.4 2.4h2.2a1 1 0 0 1 1 1v9.2a1 1 0 0 1-1 1h-2.2' },
  loadbalancer: { line: `M1.8 8h3.9M9.5 8h4.7M8.9 6.4l4.4-3.2M8.9 9.6l4.4 3.2${ring(7.6, 8, 1.9)}` },
  targetgroup: { line: `${ring(8, 8, 6)}${ring(8, 8, 3.1)}`, dot: dot(8, 8, 1) },
  client: { line: `M1.8 6.2h12.4${box(1.8, 2.8, 12.4, 10.4, 1.8)}`, dot: dot(3.9, 4.5, 0.6) + dot(5.8, 4.5, 0.6) },
  configmap: { line: `${box(2.6, 2, 10.8, 12, 1.6)}M5 5.4h6M5 10.6h6`, dot: dot(6.6, 5.4, 1.3) + dot(9.6, 10.6, 1.3) },
  secret: { line: `${ring(5.2, 8, 2.9)}M8.1 8H14M11.6 8v2.4M14 8v1.8`, dot: dot(5.2, 8, 0.7) },
  namespace: { line: box(2.2, 2.2, 11.6, 11.6, 2), dashed: true },
  hpa: { line: 'M2.2 13.6h11.6M4 11V8.4M8 11V6.2M12 11V4M9.6 3.4 12 1.6l2.4 1.8' },
  pdb: { line: 'M8 1.8 13 3.6v3.8c0 3.2-2.1 5.4-5 6.8-2.9-1.4-5-3.6-5-6.8V3.6ZM5.8 7.8l1.6 1.6 3-3.2' },
  policy: { line: 'M8 1.8 13 3.6v3.8c0 3.2-2.1 5.4-5 6.8-2.9-1.4-5-3.6-5-6.8V3.6ZM5.8 6.6h4.4M5.8 9h4.4' },
  serviceaccount: {
    line: `${ring(6.4, 5.2, 2.6)}M1.8 13.4c.3-2.8 2.2-4.2 4.6-4.2 1 0 1.9.2 2.6.7${ring(12.2, 11.4, 1.5)}M12.2 12.9v1.4M12.2 8.6v1.3M9.8 10l1.1.7M14.6 10l-1.1.7`,
  },
  user: { line: `${ring(8, 5.2, 2.8)}M2.8 13.8c.4-3 2.5-4.6 5.2-4.6s4.8 1.6 5.2 4.6` },
  role: {
    line: `${ring(6, 4.8, 2.4)}M1.8 13.2c.3-2.9 2-4.4 4.2-4.4.7 0 1.3.1 1.8.4M11.6 8l2.8 1v1.9c0 1.6-1.1 2.7-2.8 3.4-1.7-.7-2.8-1.8-2.8-3.4V9Z`,
  },
  container: { line: `${box(1.8, 4, 12.4, 8, 1.2)}M4.8 6.4v3.2M8 6.4v3.2M11.2 6.4v3.2` },
  image: { line: 'M2.4 5 8 2.2 13.6 5 8 7.8ZM2.4 5v6L8 13.8l5.6-2.8V5M8 7.8v6' },
  layers: { line: 'M8 2 14 5.2 8 8.4 2 5.2ZM2.4 8.2 8 11.2l5.6-3M2.4 11 8 14l5.6-3' },
  registry: {
    line: `M2.2 13.8V5.4L8 2.2l5.8 3.2v8.4M1.4 13.8h13.2${box(5, 7.6, 2.6, 2.6, 0.3)}${box(8.4, 7.6, 2.6, 2.6, 0.3)}M5 10.9h6v2.9H5Z`,
  },
  volume: { line: `M3 4v8c0 1.2 2.2 2.2 5 2.2s5-1 5-2.2V4${ellipse(8, 4, 5, 2.2)}` },
  database: {
    line: `M3 4v8c0 1.2 2.2 2.2 5 2.2s5-1 5-2.2V4M3 8c0 1.2 2.2 2.2 5 2.2S13 9.2 13 8${ellipse(8, 4, 5, 2.2)}`,
  },
  storageclass: {
    line: `${box(2, 2.6, 12, 4.6, 1.2)}${box(2, 8.8, 12, 4.6, 1.2)}M5 4.9h3.4M5 11.1h3.4`,
    dot: dot(11.4, 4.9, 0.8) + dot(11.4, 11.1, 0.8),
  },
  claim: {
    line: `M3 5.8v6c0 1.2 2.2 2.2 5 2.2s5-1 5-2.2v-6M3 5.8C3 4.6 5.2 3.6 8 3.6s5 1 5 2.2S10.8 8 8 8 3 7 3 5.8M6.6 1.6 8 3l1.4-1.4`,
  },
  queue: { line: `${box(1.8, 4.6, 3, 6.8, 0.8)}${box(6.2, 4.6, 3, 6.8, 0.8)}M10.8 8h3.8M12.6 6l2 2-2 2` },
  topic: {
    line: `${ring(3.8, 8, 1.9)}M5.6 7.2 11 4M5.6 8.8 11 12M5.7 8h5.6M9.6 3.4 11.4 3.8 10.8 5.5M9.6 12.6 11.4 12.2 10.8 10.5M10 6.6 11.4 8 10 9.4`,
  },
  function: {
    line: 'M5.2 2.4H4.4c-1 0-1.6.6-1.6 1.6v2c0 .9-.5 1.6-1.4 2 .9.4 1.4 1.1 1.4 2v2c0 1 .6 1.6 1.6 1.6h.8M10.8 2.4h.8c1 0 1.6.6 1.6 1.6v2c0 .9.5 1.6 1.4 2-.9.4-1.4 1.1-1.4 2v2c0 1-.6 1.6-1.6 1.6h-.8M6.2 5.8 8.6 8l-2.4 2.2',
  },
  bucket: { line: `M2.6 4.2 4 12.6c.2 1 1.9 1.6 4 1.6s3.8-.6 4-1.6l1.4-8.4${ellipse(8, 4, 5.4, 2)}` },
  table: { line: `${box(2, 2.6, 12, 10.8, 1.4)}M2 6.2h12M2 9.8h12M6.4 6.2v7.2` },
  cache: { line: `M8.8 1.8 3.4 9h4L6.8 14.2 12.6 7h-4Z` },
  pipeline: { line: `${ring(2.9, 8, 1.5)}${ring(13.1, 8, 1.5)}M4.4 8h2M9.6 8h2M6.8 5.6 9.2 8l-2.4 2.4` },
  stage: { line: `${box(2.4, 3.2, 11.2, 9.6, 1.6)}M6.6 5.8 9.2 8l-2.6 2.2` },
  action: { line: `${ring(8, 8, 6)}M6.6 5.4 10.8 8l-4.2 2.6Z` },
  execution: { line: `M1.6 8h3.2M11.2 8h3.2M8 4.8 11.2 8 8 11.2 4.8 8Z`, dot: dot(8, 8, 0.9) },
  commit: { line: `${ring(8, 8, 2.8)}M1.4 8h3.8M10.8 8h3.8` },
  branch: {
    line: `M4.4 5.4v5.2M11.6 6.4c0 3-4.4 2-7.2 4${ring(4.4, 3.7, 1.7)}${ring(4.4, 12.3, 1.7)}${ring(11.6, 4.7, 1.7)}`,
  },
  repository: { line: 'M4 2.2h8.4v11.6H4.6a1 1 0 0 1-1-1V3a.8.8 0 0 1 .8-.8M3.6 11.4h8.8' },
  build: { line: 'M9.4 5.4 3 11.8a1.3 1.3 0 0 0 1.8 1.8l6.4-6.4M8 4l2.6-2.2 3.6 3.6L12.4 8Z' },
  test: { line: 'M6.2 2.2h3.6M6.8 2.2v4L3 12.4c-.5.8.1 1.6 1 1.6h8c.9 0 1.5-.8 1-1.6L9.2 6.2v-4M4.8 9.6h6.4' },
  approval: {
    line: 'M6.2 8.6c0-1.4-.8-2-.8-3.6a2.6 2.6 0 0 1 5.2 0c0 1.6-.8 2.2-.8 3.6M3.4 8.6h9.2v2.6H3.4ZM4 13.6h8',
  },
  release: { line: 'M3 5.4h9.2M9.8 2.8l2.6 2.6-2.6 2.6M13 10.6H3.8M6.2 8 3.6 10.6l2.6 2.6' },
  artifact: { line: `M2.4 5.4 8 2.6l5.6 2.8v5.8L8 14l-5.6-2.8ZM5.2 4 10.8 6.9v2.6` },
  stack: { line: `${box(2.2, 10.4, 11.6, 3.4, 0.8)}${box(3.4, 6.3, 9.2, 3.4, 0.8)}${box(4.8, 2.2, 6.4, 3.4, 0.8)}` },
  changeset: { line: 'M3.2 1.9h6L12.8 5.5v8.6H3.2ZM8 5.4v4M6 7.4h4M6 11.6h4' },
  resource: { line: `${box(2.4, 2.4, 4.4, 4.4, 0.8)}${box(9.2, 9.2, 4.4, 4.4, 0.8)}M9 4.6h2.4v2.6M7 11.4H4.6V8.8` },
  cluster: {
    line: `${ring(8, 8, 2)}${ring(8, 2.6, 1.2)}${ring(12.7, 5.3, 1.2)}${ring(12.7, 10.7, 1.2)}${ring(8, 13.4, 1.2)}${ring(3.3, 10.7, 1.2)}${ring(3.3, 5.3, 1.2)}`,
  },
  region: {
    line: `M2 8h12M8 1.8c2 1.8 2.8 3.8 2.8 6.2S10 12.4 8 14.2C6 12.4 5.2 10.4 5.2 8S6 3.6 8 1.8Z${ring(8, 8, 6.2)}`,
  },
  zone: { line: ring(8, 8, 6), dot: dot(8, 8, 1.5), dashed: true },
  dns: { line: `M2.2 6h11.6M2.2 10h11.6M8 2c-3 3.4-3 8.6 0 12M8 2c3 3.4 3 8.6 0 12${ring(8, 8, 6)}` },
  network: {
    line: `${box(5.8, 1.8, 4.4, 3.6, 0.8)}${box(1.6, 10.6, 4.4, 3.6, 0.8)}${box(10, 10.6, 4.4, 3.6, 0.8)}M8 5.4V8M3.8 10.6V8h8.4v2.6`,
  },
  subnet: { line: `${box(1.8, 1.8, 12.4, 12.4, 2)}M8 1.8v12.4M1.8 8H8` },
  gateway: { line: 'M2.4 14V7.4a5.6 5.6 0 0 1 11.2 0V14M1.4 14h13.2M5.6 14V8a2.4 2.4 0 0 1 4.8 0v6' },
  firewall: { line: `${box(2, 3, 12, 10, 1)}M2 6.3h12M2 9.7h12M6 3v3.3M10.4 3v3.3M8.2 6.3v3.4M6 9.7V13M10.4 9.7V13` },
  task: { line: `M5 1.9h6l3 5.2v1.8l-3 5.2H5L2 8.9V7.1ZM5.4 8.2l1.8 1.8 3.4-3.8` },
  taskdefinition: { line: `M4 1.8h5.2L12.6 5v9.2H4ZM9 1.8V5.2h3.6M6.2 9.8l1.3 1.3 2.5-2.8` },
  instance: {
    line: `${box(4, 4, 8, 8, 1.2)}M6.2 4V1.8M9.8 4V1.8M6.2 14.2V12M9.8 14.2V12M4 6.2H1.8M4 9.8H1.8M14.2 6.2H12M14.2 9.8H12`,
  },
  group: {
    line: `${box(1.8, 1.8, 12.4, 12.4, 2.4)}${box(4.4, 4.4, 3, 3, 0.6)}${box(8.8, 4.4, 3, 3, 0.6)}${box(4.4, 8.8, 3, 3, 0.6)}`,
  },
  alarm: { line: `M8 5.2v3.2l2 1.2M3 2.4 1.4 4M13 2.4 14.6 4M4.6 12.4l-1.2 1.4M11.4 12.4l1.2 1.4${ring(8, 8.2, 5)}` },
  bell: { line: 'M3 11.6h10M4.4 11.6V7.2a3.6 3.6 0 0 1 7.2 0v4.4M6.6 13.8h2.8M8 3.6V1.9' },
  bus: { line: `M1.6 8h12.8M4 8V4.6M8 8v3.4M12 8V4.6${ring(4, 3.3, 1.3)}${ring(8, 12.7, 1.3)}${ring(12, 3.3, 1.3)}` },
  metric: { line: 'M2.4 13.4h11.2M4.2 11V8M8 11V4.4M11.8 11V6.4' },
  log: { line: 'M5.6 4.2h8M5.6 8h8M5.6 11.8h8', dot: dot(2.8, 4.2, 0.8) + dot(2.8, 8, 0.8) + dot(2.8, 11.8, 0.8) },
  file: { line: 'M4 1.8h5.2L12.6 5v9.2H4ZM9 1.8V5.2h3.6M6 8.2h4.4M6 10.8h4.4' },
  folder: {
    line: 'M1.8 4.4a1.2 1.2 0 0 1 1.2-1.2h3.2l1.6 1.8H13a1.2 1.2 0 0 1 1.2 1.2v5.6A1.2 1.2 0 0 1 13 13H3a1.2 1.2 0 0 1-1.2-1.2Z',
  },
  process: { line: `M4.6 6 6.8 8l-2.2 2M8.4 10.4h3${box(1.8, 2.8, 12.4, 10.4, 1.8)}` },
  rule: { line: `M8 2v12M4.6 14h6.8M3 4.4h10M3 4.4 1.2 8.6a2 2 0 0 0 3.6 0ZM13 4.4l-1.8 4.2a2 2 0 0 0 3.6 0Z` },
  lease: { line: `M5.2 7.2V5.3a2.8 2.8 0 0 1 5.6 0v1.9${box(3.4, 7.2, 9.2, 6.4, 1.4)}` },
  fault: { line: 'M9 1.8 3.4 9h4L6.8 14.2 12.6 7h-4Z' },
  thing: { line: box(2.6, 2.6, 10.8, 10.8, 2), dot: dot(8, 8, 1.2) },
} as const satisfies Record<string, PictogramPath>

function ring(x: number, y: number, r: number): string {
  return ellipse(x, y, r, r)
}

function ellipse(x: number, y: number, rx: number, ry: number): string {
  return `M${trim(x - rx)} ${y}a${rx} ${ry} 0 1 0 ${trim(rx * 2)} 0a${rx} ${ry} 0 1 0 ${trim(-rx * 2)} 0Z`
}

function dot(x: number, y: number, r: number): string {
  return ring(x, y, r)
}

function box(x: number, y: number, w: number, h: number, r: number): string {
  const across = trim(w - 2 * r)
  const down = trim(h - 2 * r)
  const corner = (dx: number, dy: number) => `a${r} ${r} 0 0 1 ${dx} ${dy}`
  return `M${trim(x + r)} ${y}h${across}${corner(r, r)}v${down}${corner(-r, r)}h${-across}${corner(-r, -r)}v${-down}${corner(r, -r)}Z`
}

function trim(value: number): number {
  return Math.round(value * 100) / 100
}
