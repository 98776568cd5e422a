# Two to ten instances, a thousand invocations a minute each.
account = "333333333333"
region  = "eu-central-1"

autoscaling = {
  min_capacity             = 2
  max_capacity             = 10
  invocations_per_instance = 1000
}
