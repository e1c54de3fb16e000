aws codepipeline enable-stage-transition --pipeline-name quotes --stage-name Production --transition-type Inbound
sed -i 's/1.2.0/1.3.0/' ~/quotes/nginx/default.conf
git -C ~/quotes commit -q -a -m 'Say 1.3.0'
git -C ~/quotes push -q
# wait: 150s
