# The logs of endpoints in a bucket of their own, with an end.
resource "google_logging_project_bucket_config" "endpoint" {
  project        = var.project
  location       = var.location
  bucket_id      = local.name
  retention_days = var.log_retention_days
  description    = "Logs of Vertex AI endpoints"
}

resource "google_logging_project_sink" "endpoint" {
  project                = var.project
  name                   = local.name
  destination            = "logging.googleapis.com/${google_logging_project_bucket_config.endpoint.id}"
  filter                 = "resource.type=\"aiplatform.googleapis.com/Endpoint\""
  unique_writer_identity = true
}

resource "google_monitoring_notification_channel" "email" {
  for_each = toset(var.alarm_emails)

  project      = var.project
  display_name = "ml-deploy ${each.key}"
  type         = "email"
  labels       = { email_address = each.key }
}

locals {
  # https://cloud.google.com/monitoring/api/metrics_gcp (aiplatform, prediction/online)
  metric = "metric.type=\"aiplatform.googleapis.com/prediction/online"
  on     = "resource.type=\"aiplatform.googleapis.com/Endpoint\""
}

resource "google_monitoring_alert_policy" "errors" {
  project               = var.project
  display_name          = "${local.name} 5xx"
  combiner              = "OR"
  notification_channels = [for channel in google_monitoring_notification_channel.email : channel.name]
  user_labels           = local.labels

  conditions {
    display_name = "server errors"

    condition_threshold {
      filter          = "${local.metric}/error_count\" AND ${local.on}"
      comparison      = "COMPARISON_GT"
      threshold_value = var.max_errors_per_second
      duration        = "300s"

      aggregations {
        alignment_period   = "60s"
        per_series_aligner = "ALIGN_RATE"
      }
    }
  }
}

resource "google_monitoring_alert_policy" "latency" {
  project               = var.project
  display_name          = "${local.name} p99"
  combiner              = "OR"
  notification_channels = [for channel in google_monitoring_notification_channel.email : channel.name]
  user_labels           = local.labels

  conditions {
    display_name = "slow answers"

    condition_threshold {
      filter          = "${local.metric}/prediction_latencies\" AND ${local.on}"
      comparison      = "COMPARISON_GT"
      threshold_value = var.max_p99_ms
      duration        = "600s"

      aggregations {
        alignment_period   = "60s"
        per_series_aligner = "ALIGN_PERCENTILE_99"
      }
    }
  }
}
