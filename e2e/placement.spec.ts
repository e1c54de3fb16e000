// Two services on the same machines: one packs its tasks together, the other spreads them.
import { expect, test } from '@playwright/test'
import { Bench } from './bench.ts'

test('binpack fills machines, spread uses all of them, and the decision shows its table', async ({ page }) => {
  const bench = await Bench.open(page, 'placement')
  await expect(bench.thing('ECS service packed, Steady')).toBeVisible()
  await expect(bench.thing('ECS service spread, Steady')).toBeVisible()
  const machines = bench.thing(/^Container instance/)
  await expect(machines).toHaveCount(6)
  await bench
    .thing(/^Task spread-.*, Running/)
    .first()
    .click()
  await expect(bench.inspector).toBeVisible()
  await expect(bench.inspector.getByRole('list', { name: /^Why it is Running/ })).toContainText('spread')
  const on = async (service: string): Promise<number> => {
    await bench.type(
      `aws ecs describe-tasks --cluster shop --tasks $(aws ecs list-tasks --cluster shop --service-name ${service} --query 'taskArns[]' --output text) --query 'tasks[].containerInstanceArn' --output text | tr '\\t' '\\n' | sort -u | wc -l; echo counted ${service}`,
    )
    await bench.runOn('10 s')
    await expect(bench.output).toContainText(new RegExp(`\\d+\\s*counted ${service}`))
    const said = (await bench.output.innerText()).match(new RegExp(`(\\d+)\\s*counted ${service}`))
    return Number(said?.[1])
  }
  expect(await on('packed')).toBe(1)
  expect(await on('spread')).toBe(6)
})
