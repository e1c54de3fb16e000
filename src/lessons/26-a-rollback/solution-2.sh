kubectl set image deployment/web web=shop/web:1
# wait: 30s
