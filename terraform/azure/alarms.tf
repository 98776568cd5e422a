resource "azurerm_monitor_action_group" "alarms" {
  name                = local.name
  resource_group_name = azurerm_resource_group.this.name
  short_name          = substr("ml${var.environment}", 0, 12)
  tags                = local.tags

  dynamic "email_receiver" {
    for_each = toset(var.alarm_emails)

    content {
      name          = email_receiver.value
      email_address = email_receiver.value
    }
  }
}

# An online endpoint's metrics come with the endpoint, which ml-deploy makes. The workspace's own are there before.
# https://learn.microsoft.com/azure/machine-learning/monitor-azure-machine-learning-reference
resource "azurerm_monitor_metric_alert" "failed" {
  name                = "${local.name}-failed-deployments"
  resource_group_name = azurerm_resource_group.this.name
  scopes              = [azurerm_machine_learning_workspace.this.id]
  description         = "Model deployments of the workspace fail."
  frequency           = "PT5M"
  window_size         = "PT15M"
  tags                = local.tags

  criteria {
    metric_namespace = "Microsoft.MachineLearningServices/workspaces"
    metric_name      = "Model Deploy Failed"
    aggregation      = "Total"
    operator         = "GreaterThan"
    threshold        = 0
  }

  action {
    action_group_id = azurerm_monitor_action_group.alarms.id
  }
}

# The latency of the endpoint, once it is there: this query finds nothing before.
resource "azurerm_monitor_scheduled_query_rules_alert_v2" "latency" {
  name                 = "${local.name}-p99"
  resource_group_name  = azurerm_resource_group.this.name
  location             = var.location
  scopes               = [azurerm_log_analytics_workspace.logs.id]
  description          = "The model behind ${var.endpoint_name} is slow."
  severity             = 2
  evaluation_frequency = "PT5M"
  window_duration      = "PT15M"
  # The table is there with the first log of an endpoint.
  skip_query_validation = true
  tags                  = local.tags

  criteria {
    query                   = <<-QUERY
      AmlOnlineEndpointTrafficLog
      | where EndpointName == "${var.endpoint_name}"
      | summarize p99 = percentile(TotalDurationMs, 99)
      | where p99 > ${var.max_p99_ms}
    QUERY
    operator                = "GreaterThan"
    threshold               = 0
    time_aggregation_method = "Count"
  }

  action {
    action_groups = [azurerm_monitor_action_group.alarms.id]
  }
}
