sh ~/shop/release.sh dns 1.1
aws ecs delete-service --cluster shop --service rolling --force > /dev/null
# wait: 10s
