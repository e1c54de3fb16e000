export { workOffline } from './workOffline.ts'
