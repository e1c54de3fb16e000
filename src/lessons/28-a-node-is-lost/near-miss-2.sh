# wait: 330s
