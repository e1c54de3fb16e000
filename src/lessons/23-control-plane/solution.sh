lab heal component kube-scheduler
