import { useEffect, useRef } from 'react'
import { type Order, openWall, type WallState } from './channel.ts'

/** Keeps the second window told, once for each change, and brings its orders here. */
export function useWallChannel(obey: (order: Order) => void, state: WallState): void {
  const told = JSON.stringify(state)
  const latest = useRef({ obey, told })
  latest.current = { obey, told }
  const wall = useRef<ReturnType<typeof openWall>>(undefined)
  useEffect(() => {
    const open = openWall((order) => {
      if (order.do === 'hello') open.send(JSON.parse(latest.current.told) as WallState)
      else latest.current.obey(order)
    })
    wall.current = open
    return () => {
      wall.current = undefined
      open.close()
    }
  }, [])
  useEffect(() => {
    wall.current?.send(JSON.parse(told) as WallState)
  }, [told])
}
