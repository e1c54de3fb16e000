import './schedule.rule.ts'
