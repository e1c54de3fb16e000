kubectl taint node node-heavy work=heavy:NoSchedule-
# wait: 20s
