import { useDialogs } from '../../../workspace/index.ts'
import { FindPalette } from '../../palette/index.ts'
import { Settings } from '../../settings/index.ts'
import { CompareBranches } from './CompareBranches.tsx'
import { KeySheet } from './KeySheet.tsx'
import { Saves } from './Saves.tsx'
import { Scenes } from './Scenes.tsx'
import { Share } from './Share.tsx'
import { TakeLive } from './TakeLive.tsx'
import { Templates } from './Templates.tsx'
import { WhatIf } from './WhatIf.tsx'

/** Whichever conversation is open over the workbench. */
export function Dialogs() {
  const open = useDialogs((dialogs) => dialogs.open)
  const close = useDialogs((dialogs) => dialogs.close)
  const onOpenChange = (next: boolean) => {
    if (!next) close()
  }
  return (
    <>
      <FindPalette open={open === 'find'} onOpenChange={onOpenChange} />
      <KeySheet open={open === 'keys'} onOpenChange={onOpenChange} />
      <Share open={open === 'share'} onOpenChange={onOpenChange} />
      <Scenes open={open === 'scenes'} onOpenChange={onOpenChange} />
      <Templates open={open === 'templates'} onOpenChange={onOpenChange} />
      <WhatIf open={open === 'whatIf'} onOpenChange={onOpenChange} />
      <CompareBranches open={open === 'compare'} onOpenChange={onOpenChange} />
      <TakeLive open={open === 'live'} onOpenChange={onOpenChange} />
      <Saves open={open === 'saves'} onOpenChange={onOpenChange} />
      <Settings open={open === 'settings'} onOpenChange={onOpenChange} />
    </>
  )
}
