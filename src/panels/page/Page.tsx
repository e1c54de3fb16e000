import './page.css'
import Moon from 'lucide-react/icons/moon'
import Sun from 'lucide-react/icons/sun'
import { type ReactNode, useEffect } from 'react'
import { IconButton, Mark, useTheme } from '../../ui/index.ts'

/** A page that is read rather than operated: the doors at the top, one column of content below. */
export function Page({ title, lead, here, wide, children }: PageProps) {
  const { theme, choose } = useTheme()
  useEffect(() => {
    document.title = `${title} · Orrery`
  }, [title])
  return (
    <div className="page" data-wide={wide || undefined}>
      <header className="page-top">
        <a className="btn absolute! -top-40 left-2 z-40 focus:top-2" href="#page">
          Skip to the content
        </a>
        <a className="brand" href="#/" aria-label="Orrery, home">
          <Mark size={24} />
          <span>Orrery</span>
        </a>
        <nav aria-label="Doors">
          {doors.map(({ href, label }) => (
            <a key={href} href={href} aria-current={label === here ? 'page' : undefined}>
              {label}
            </a>
          ))}
        </nav>
        <IconButton
          label={theme === 'dark' ? 'Light theme' : 'Dark theme'}
          onClick={() => choose(theme === 'dark' ? 'light' : 'dark')}
        >
          {theme === 'dark' ? (
            <Sun size={16} strokeWidth={1.75} aria-hidden="true" />
          ) : (
            <Moon size={16} strokeWidth={1.75} aria-hidden="true" />
          )}
        </IconButton>
      </header>
      <main id="page" tabIndex={-1}>
        <h1>{title}</h1>
        {lead ? <p className="lead">{lead}</p> : null}
        {children}
      </main>
    </div>
  )
}

export interface PageProps {
  title: string
  lead?: ReactNode | undefined
  /** Which door one stands in. */
  here?: Door | undefined
  wide?: boolean | undefined
  children: ReactNode
}

type Door = (typeof doors)[number]['label']

const doors = [
  { href: '#/learn', label: 'Learn' },
  { href: '#/lab', label: 'Build' },
  { href: '#/quiz', label: 'Quiz me' },
  { href: '#/review', label: 'Reviews' },
  { href: '#/teach', label: 'For teachers' },
] as const
