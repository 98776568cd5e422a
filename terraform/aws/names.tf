data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

data "aws_partition" "current" {}

locals {
  account   = data.aws_caller_identity.current.account_id
  region    = data.aws_region.current.name
  partition = data.aws_partition.current.partition

  name             = "ml-deploy-${var.endpoint_name}-${var.environment}"
  bucket           = coalesce(var.bucket_name, "ml-deploy-${local.account}-${local.region}-${var.environment}")
  prefix           = coalesce(var.store_prefix, lower(var.endpoint_name))
  image_repository = coalesce(var.image_repository, "${lower(var.endpoint_name)}-serving")
  execution_role   = "${substr(local.name, 0, 54)}-serving"

  tags = merge(var.tags, { Environment = var.environment })
}
