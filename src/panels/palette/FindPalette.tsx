import { useMemo } from 'react'
import { useLocation } from 'wouter'
import { useLab, useView } from '../../host/react.ts'
import type { Meaning, PaletteEntry } from '../../host/views/index.ts'
import { CommandPalette, Glyph, type PaletteCommand, Pictogram, toast } from '../../ui/index.ts'
import { runAction, runEdit, useSelection } from '../../workspace/index.ts'
import { offered } from '../home/scenes.ts'
import { actions } from '../workbench/actions/index.ts'
import { useFound } from './useFound.ts'

/** Ctrl+K: every action, everything that can be done to what is selected, everything that can be placed, every scene, every thing by name. */
export function FindPalette({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const lab = useLab()
  const [, navigate] = useLocation()
  const [selected] = useSelection((selection) => selection.selected)
  const { things, inspection } = useFound(open, selected)
  const palette = useView<readonly PaletteEntry[]>('palette')
  const commands = useMemo<readonly PaletteCommand[]>(() => {
    const own: PaletteCommand[] = (inspection?.actions ?? []).map((action) => ({
      id: `do-${action.id}`,
      title: action.label,
      group: `${inspection?.label ?? ''} ${inspection?.name ?? ''}`,
      icon: <Pictogram name={inspection?.pictogram ?? 'thing'} />,
      words: action.line,
      run: () => void runAction(lab, inspection?.id ?? '', action, 'palette'),
    }))
    const place = (palette ?? []).map((entry) => ({
      id: `place-${entry.id}`,
      title: `Add ${entry.label}`,
      group: 'Add',
      icon: <Pictogram name={entry.pictogram} />,
      words: entry.group,
      run: async () => {
        const into =
          selected !== undefined && inspection && entry.into.includes(inspection.kind) ? { into: selected } : {}
        const meaning = (await lab.ask('gesture', { place: entry.id, ...into })) as Meaning
        if ('refuse' in meaning) toast({ status: 'warn', text: meaning.refuse })
        else await runEdit(lab, [meaning.line], { by: 'palette', changes: Object.values(into) })
      },
    }))
    const verbs = actions.map((action) => ({
      id: action.id,
      title: action.title,
      group: action.group,
      keys: action.keys,
      words: action.words,
      run: () => action.run({ lab, navigate }),
    }))
    const scenes = offered.map(({ name, title, says }) => ({
      id: `scene-${name}`,
      title: `Scene: ${title}`,
      group: 'Scenes',
      words: says,
      run: () => navigate(`/lab/${name}`),
    }))
    const named = things.map((thing) => ({
      id: `thing-${thing.id.replaceAll(/\s/g, '_')}`,
      title: `${thing.name}, ${thing.label}`,
      group: 'Things',
      icon: <Glyph status={thing.tone} />,
      words: `${thing.label} ${thing.word}`,
      run: () => useSelection.getState().select(thing.id),
    }))
    return [...own, ...verbs, ...place, ...scenes, ...named]
  }, [lab, navigate, inspection, palette, things, selected])
  return <CommandPalette open={open} onOpenChange={onOpenChange} commands={commands} />
}
