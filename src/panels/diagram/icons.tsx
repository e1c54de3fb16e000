import type { ReactNode } from 'react'

/** Pictures of the canvas' own tools, 16 px. Kinds have pictograms; these are what a hand does. */
export function ToolIcon({ name }: { name: keyof typeof shapes }) {
  return (
    <svg
      width="16"
      height="16"
      viewBox="0 0 16 16"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {shapes[name]}
    </svg>
  )
}

const shapes = {
  cursor: <path d="M3.4 2.6 12.9 7l-4.1 1.5-1.6 4.1Z" />,
  link: (
    <>
      <path d="M6.4 9.6 9.6 6.4" />
      <path d="M7.2 4.6l1.4-1.4a3 3 0 0 1 4.2 4.2l-1.4 1.4" />
      <path d="M8.8 11.4l-1.4 1.4a3 3 0 0 1-4.2-4.2l1.4-1.4" />
    </>
  ),
  plus: <path d="M8 3.2v9.6M3.2 8h9.6" />,
  bolt: <path d="M9 1.8 3.4 9h4L6.8 14.2 12.6 7h-4Z" />,
  map: (
    <>
      <path d="M2.2 4.2 6 2.6l4 1.6 3.8-1.6v9.2L10 13.4l-4-1.6-3.8 1.6Z" />
      <path d="M6 2.6v9.2M10 4.2v9.2" />
    </>
  ),
  trace: (
    <>
      <path d="M2.4 12.4h3.2V7.6h4.8V3.4h3.2" />
      <circle cx="2.4" cy="12.4" r=".9" fill="currentColor" />
      <circle cx="13.6" cy="3.4" r=".9" fill="currentColor" />
    </>
  ),
  follow: (
    <>
      <path d="M2.2 11.6h2.4M8.6 11.6h1.2V5h1.4" />
      <circle cx="6.6" cy="11.6" r="2" />
      <path d="M11.2 2.8 14 5l-2.8 2.2" />
    </>
  ),
  heat: (
    <>
      <path d="M3.2 13V9.4M6.4 13V6.6M9.6 13V3M12.8 13V8" strokeWidth="2" />
    </>
  ),
  fit: <path d="M2.6 6V2.6H6M10 2.6h3.4V6M13.4 10v3.4H10M6 13.4H2.6V10" />,
  tidy: (
    <>
      <rect x="2.4" y="2.8" width="4.8" height="4.4" rx="1" />
      <rect x="8.8" y="2.8" width="4.8" height="4.4" rx="1" />
      <rect x="2.4" y="8.8" width="4.8" height="4.4" rx="1" />
      <rect x="8.8" y="8.8" width="4.8" height="4.4" rx="1" />
    </>
  ),
  template: (
    <>
      <rect x="2.2" y="6" width="4" height="4" rx="1" />
      <rect x="9.8" y="2.6" width="4" height="4" rx="1" />
      <rect x="9.8" y="9.4" width="4" height="4" rx="1" />
      <path d="M6.2 8H8M9.8 4.6H8v6.8h1.8" />
    </>
  ),
  search: (
    <>
      <path d="M10.6 10.6 14 14" />
      <circle cx="7" cy="7" r="4.6" />
    </>
  ),
} satisfies Readonly<Record<string, ReactNode>>
