import CircleHelp from 'lucide-react/icons/circle-question-mark'
import Ellipsis from 'lucide-react/icons/ellipsis'
import Moon from 'lucide-react/icons/moon'
import Search from 'lucide-react/icons/search'
import ShareIcon from 'lucide-react/icons/share'
import Sun from 'lucide-react/icons/sun'
import { Link, useLocation } from 'wouter'
import { useLab } from '../../host/react.ts'
import { IconButton, Kbd, Mark, Menu, Segmented, useMediaQuery, useTheme } from '../../ui/index.ts'
import { type Mode, useDialogs, useLayout, useWorld } from '../../workspace/index.ts'
import { useTextSize } from '../../workspace/taste.ts'
import { actions } from './actions/index.ts'
import { Breadcrumb } from './Breadcrumb.tsx'

/** The bar at the top: where one is, the way to find anything, the mode, and what concerns the page itself. */
export function TopBar({ wide }: { wide: boolean }) {
  const title = useWorld((world) => world.title)
  const show = useDialogs((dialogs) => dialogs.show)
  const { theme, choose } = useTheme()
  const roomy = useMediaQuery(`(min-width: ${320 * useTextSize()}px)`)
  return (
    <header className="wb-top">
      <Link href="/" className="brand" aria-label="Orrery, home">
        <Mark size={24} />
        {roomy ? <span>Orrery</span> : null}
      </Link>
      <span className="sep" aria-hidden="true" />
      <h1 className="m-0 min-w-0 truncate font-strong text-13">{title}</h1>
      {wide ? (
        <>
          <span className="sep" aria-hidden="true" />
          <Breadcrumb />
        </>
      ) : null}
      <span className="flex-1" />
      {wide ? (
        <button type="button" className="find" aria-keyshortcuts="Control+K" onClick={() => show('find')}>
          <Search size={15} aria-hidden="true" />
          <span>Find anything, run anything</span>
          <Kbd keys="Ctrl K" decorative />
        </button>
      ) : (
        <IconButton label="Find anything, run anything" onClick={() => show('find')}>
          <Search size={16} aria-hidden="true" />
        </IconButton>
      )}
      {wide ? <Modes /> : null}
      {wide ? (
        <IconButton label="Share this moment" onClick={() => show('share')}>
          <ShareIcon size={16} strokeWidth={1.75} aria-hidden="true" />
        </IconButton>
      ) : null}
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
      <MoreMenu />
      {wide ? (
        <IconButton label="Keys and help" keys="?" onClick={() => show('keys')}>
          <CircleHelp size={16} strokeWidth={1.75} aria-hidden="true" />
        </IconButton>
      ) : null}
    </header>
  )
}

function Modes() {
  const mode = useLayout((layout) => layout.mode)
  const choose = (next: Mode) => {
    const { setMode, preset } = useLayout.getState()
    setMode(next)
    if (next === 'study') preset(3)
    if (next === 'build') preset(2)
  }
  return <Segmented label="Mode" options={modes} value={mode} onChange={choose} />
}

const modes = [
  { id: 'study', label: 'Study' },
  { id: 'build', label: 'Build' },
  { id: 'present', label: 'Present' },
] as const

/** Everything that concerns the world as a whole. */
function MoreMenu() {
  const lab = useLab()
  const [, navigate] = useLocation()
  const entries = (group: string) =>
    actions
      .filter((action) => action.group === group && !hidden.has(action.id))
      .map((action) => ({
        id: action.id,
        label: action.title,
        keys: action.keys,
        run: () => action.run({ lab, navigate }),
      }))
  return (
    <Menu
      align="end"
      trigger={
        <button type="button" className="ib" aria-label="More">
          <Ellipsis size={16} aria-hidden="true" />
        </button>
      }
      groups={[
        { id: 'world', label: 'World', entries: entries('World') },
        { id: 'view', label: 'View', entries: entries('View') },
        { id: 'help', entries: entries('Help') },
      ]}
    />
  )
}

const hidden = new Set([
  'play-pause',
  'next-event',
  'previous-event',
  'return-to-now',
  'lod-fleet',
  'lod-node',
  'lod-pod',
])
