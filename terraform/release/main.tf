# One model and one config for each version, named by content. A release adds a key and moves `serving`; a rollback moves it
# back. Nothing that serves, or that SageMaker may go back to, is ever replaced under its name.
resource "aws_sagemaker_model" "version" {
  # checkov:skip=CKV_AWS_370:enable-network-isolation of deploy-endpoint decides, version by version.
  for_each = var.ml_deploy.versions

  name                     = each.key
  execution_role_arn       = each.value.execution_role_arn
  enable_network_isolation = each.value.network_isolation
  tags                     = var.tags

  primary_container {
    image          = each.value.image
    model_data_url = each.value.model_data_is_files ? null : each.value.model_data_url
    environment    = var.environment

    dynamic "model_data_source" {
      for_each = each.value.model_data_is_files ? [each.value.model_data_url] : []

      content {
        s3_data_source {
          s3_uri           = model_data_source.value
          s3_data_type     = "S3Prefix"
          compression_type = "None"
        }
      }
    }
  }

  dynamic "vpc_config" {
    for_each = length(each.value.subnets) == 0 ? [] : [each.value]

    content {
      subnets            = vpc_config.value.subnets
      security_group_ids = vpc_config.value.security_groups
    }
  }

  # A version does not change. What is another in its variables belongs to the version that is new.
  lifecycle {
    ignore_changes = all
  }
}

resource "aws_sagemaker_endpoint_configuration" "version" {
  # checkov:skip=CKV_AWS_98:Instances with local disks take no key. kms-key-id of deploy-endpoint encrypts the volumes.
  for_each = var.ml_deploy.versions

  name        = each.key
  kms_key_arn = each.value.kms_key_arn
  tags        = var.tags

  production_variants {
    variant_name                                      = each.value.variant_name
    model_name                                        = aws_sagemaker_model.version[each.key].name
    instance_type                                     = each.value.instance_type
    initial_instance_count                            = each.value.instance_count
    container_startup_health_check_timeout_in_seconds = each.value.startup_timeout
    model_data_download_timeout_in_seconds            = each.value.download_timeout

    dynamic "serverless_config" {
      for_each = each.value.serverless_memory_mb == null ? [] : [each.value]

      content {
        memory_size_in_mb = serverless_config.value.serverless_memory_mb
        max_concurrency   = serverless_config.value.serverless_concurrency
      }
    }
  }

  lifecycle {
    ignore_changes = all
  }
}

resource "aws_sagemaker_endpoint" "this" {
  name                 = var.ml_deploy.endpoint
  endpoint_config_name = aws_sagemaker_endpoint_configuration.version[var.ml_deploy.serving].name
  tags                 = var.tags

  # SageMaker goes back by itself where an update fails, and Terraform may call that applied. deploy-endpoint asks SageMaker
  # as well, whatever this says.
  lifecycle {
    postcondition {
      condition     = self.endpoint_config_name == var.ml_deploy.serving
      error_message = "SageMaker serves ${self.endpoint_config_name}, not ${var.ml_deploy.serving}: it rolled the update back."
    }
  }
}

resource "aws_appautoscaling_target" "this" {
  count = var.autoscaling == null ? 0 : 1

  service_namespace  = "sagemaker"
  scalable_dimension = "sagemaker:variant:DesiredInstanceCount"
  # By the resource: the endpoint has to be there first.
  resource_id  = "endpoint/${aws_sagemaker_endpoint.this.name}/variant/${var.ml_deploy.versions[var.ml_deploy.serving].variant_name}"
  min_capacity = var.autoscaling.min_capacity
  max_capacity = var.autoscaling.max_capacity
}

resource "aws_appautoscaling_policy" "this" {
  count = var.autoscaling == null ? 0 : 1

  name               = "${var.ml_deploy.endpoint}-invocations"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.this[0].service_namespace
  scalable_dimension = aws_appautoscaling_target.this[0].scalable_dimension
  resource_id        = aws_appautoscaling_target.this[0].resource_id

  target_tracking_scaling_policy_configuration {
    # Invocations a minute for each instance, not a share of its CPU.
    target_value       = var.autoscaling.invocations_per_instance
    scale_in_cooldown  = var.autoscaling.scale_in_cooldown
    scale_out_cooldown = var.autoscaling.scale_out_cooldown

    predefined_metric_specification {
      predefined_metric_type = "SageMakerVariantInvocationsPerInstance"
    }
  }
}
