import '../../src/styles.css'
import { createRoot } from 'react-dom/client'
import { inWorker } from '../../src/host/inWorker.ts'
import { LabContext } from '../../src/host/react.ts'
import { watch } from '../../src/host/watch.ts'
import { Diagram } from '../../src/panels/diagram/index.ts'
import { LiveRegion, Sprite } from '../../src/ui/index.ts'
import { useLayout } from '../../src/workspace/index.ts'

/** The fleet view as it is, before a worker that answers like a lab of 150,000 pods. The page counts the pictures that come. */
const lab = inWorker(new Worker(new URL('./fleetSource.ts', import.meta.url), { type: 'module' }))
const counted = window as unknown as { pictures: number }
counted.pictures = 0
watch(lab, 'fleet', null, () => {
  counted.pictures++
})
useLayout.setState({ lod: 'fleet' })
const root = document.getElementById('root')
if (root)
  createRoot(root).render(
    <LabContext value={lab}>
      <Sprite />
      <Diagram />
      <LiveRegion />
    </LabContext>,
  )
