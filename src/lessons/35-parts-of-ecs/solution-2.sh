aws ecs register-task-definition --family shop --container-definitions '[{"name":"shop","image":"nginx:1.28","cpu":128,"memory":256,"essential":true}]' > /dev/null
aws ecs update-service --cluster demo --service shop --task-definition shop > /dev/null
# wait: 60s
