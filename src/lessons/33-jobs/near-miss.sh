kubectl delete cronjob tick
