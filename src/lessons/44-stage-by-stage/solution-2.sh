# First the push, then the door.
cd ~/quotes
sed -i 's/1.2.0/1.3.0/' nginx/default.conf
git add nginx/default.conf
git commit -q -m 'One more thing'
git push -q
# wait: 40s
aws codepipeline enable-stage-transition --pipeline-name quotes --stage-name Production --transition-type Inbound
# wait: 90s
