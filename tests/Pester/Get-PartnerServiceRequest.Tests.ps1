# What Get-PartnerServiceRequest gives, and how little it asks for.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
}

Describe 'Get-PartnerServiceRequest' {
    BeforeEach {
        Connect-PartnerCenter -Emulator | Out-Null
    }

    AfterEach {
        Disconnect-PartnerCenter
    }

    It 'gives every request once, over all pages' {
        (Get-PartnerServiceRequest -PageSize 5).Id | Sort-Object | Should -Be (0..23 | ForEach-Object { Get-SampleId $_ })
    }

    It 'stops where Select-Object has enough, and asks for no second page' {
        $all = & { Get-PartnerServiceRequest -PageSize 5 -Verbose | Select-Object -First 3 } 4>&1
        @($all | Where-Object { $_ -is [Management.Automation.VerboseRecord] -and "$_" -match '^GET ' }).Count | Should -Be 1
        @($all | Where-Object { $_ -is [PartnerCenterSR.ServiceRequest] }).Count | Should -Be 3
    }

    It 'asks for no second page with -First either' {
        $all = & { Get-PartnerServiceRequest -PageSize 5 -First 5 -Verbose } 4>&1
        @($all | Where-Object { $_ -is [Management.Automation.VerboseRecord] -and "$_" -match '^GET ' }).Count | Should -Be 1
        @($all | Where-Object { $_ -is [PartnerCenterSR.ServiceRequest] }).Count | Should -Be 5
    }

    It 'skips and takes as a window on the same list' {
        $all = Get-PartnerServiceRequest
        (Get-PartnerServiceRequest -Skip 4 -First 3 -PageSize 2).Id | Should -Be $all[4..6].Id
    }

    It 'tells the total count first' {
        $total, $rest = Get-PartnerServiceRequest -First 2 -IncludeTotalCount
        "$total" | Should -Match '\b24\b'
        $rest.Count | Should -Be 2
    }

    It 'filters by several states' {
        $found = Get-PartnerServiceRequest -Status Closed, attention_needed
        $found.Count | Should -BeGreaterThan 2
        $found.Status | Sort-Object -Unique | Should -Be Closed, AttentionNeeded
    }

    It 'filters by title with wildcards' {
        (Get-PartnerServiceRequest -Title '*MIGRATION*').Title | Sort-Object -Unique | Should -Be 'Mailbox migration stalls'
    }

    It 'agrees with Where-Object' {
        $found = Get-PartnerServiceRequest -Status Open -Severity Critical
        $found.Id | Should -Be (Get-PartnerServiceRequest | Where-Object { $_.Status -eq 'Open' -and $_.Severity -eq 'Critical' }).Id
    }

    It 'gives several ids in the order asked for' {
        $ids = 9, 2, 17 | ForEach-Object { Get-SampleId $_ }
        (Get-PartnerServiceRequest -Id $ids).Id | Should -Be $ids
        ($ids | Get-PartnerServiceRequest).Id | Should -Be $ids
    }

    It 'reports a missing id, and the rest still come' {
        $ids = (Get-SampleId 0), '616122292999999', (Get-SampleId 1)
        $found = Get-PartnerServiceRequest -Id $ids -ErrorVariable failed -ErrorAction SilentlyContinue
        $found.Id | Should -Be (Get-SampleId 0), (Get-SampleId 1)
        Get-ErrorId $failed | Should -Be 'NotFound'
        $failed[0].TargetObject | Should -Be '616122292999999'
    }

    It 'takes ids from a CSV file with the header <_>' -ForEach 'Id', 'ServiceRequestId', 'RequestId' {
        (Get-Row "$_,Note", "$(Get-SampleId 3),x", "$(Get-SampleId 1),x" | Get-PartnerServiceRequest).Id | Should -Be (Get-SampleId 3), (Get-SampleId 1)
    }

    It 'takes requests from the list to read them with their notes' {
        $found = Get-PartnerServiceRequest -Status Closed -First 2 | Get-PartnerServiceRequest
        $found.Id | Should -Be (Get-SampleId 2), (Get-SampleId 6)
        $found | ForEach-Object { $_.Notes.Count } | Should -Be 1, 1
    }

    It 'takes requests that Import-Clixml gave' {
        $file = Join-Path $TestDrive 'requests.xml'
        Get-PartnerServiceRequest -Status Closed -First 2 | Export-Clixml -LiteralPath $file
        (Import-Clixml -LiteralPath $file | Get-PartnerServiceRequest).Id | Should -Be (Get-SampleId 2), (Get-SampleId 6)
    }

    It 'has the notes only where they were asked for' {
        (Get-PartnerServiceRequest -First 1 -IncludeNotes).Notes.Count | Should -Be 1
        (Get-PartnerServiceRequest (Get-SampleId 0)).Notes[0].Text | Should -Be 'We have received your request.'
    }

    It 'asks for the requests of one customer' {
        $customer = (Get-PartnerServiceRequest (Get-SampleId 1)).Organization
        $found = Get-PartnerServiceRequest -CustomerId $customer.Id
        $found.Count | Should -Be 6
        $found.Organization.Name | Sort-Object -Unique | Should -Be $customer.Name
    }
}

Describe 'A copy of the requests for the emulator' {
    BeforeEach {
        Connect-PartnerCenter -Emulator | Out-Null
        $copy = Join-Path $TestDrive ([Guid]::NewGuid().ToString('N') + '.json')
    }

    AfterEach {
        Disconnect-PartnerCenter
    }

    It 'comes back the same' {
        Update-PartnerServiceRequest (Get-SampleId 0) -Note 'quotes " and more' -Status AttentionNeeded | Out-Null
        $before = Get-PartnerServiceRequest -IncludeNotes | ConvertTo-Json -Depth 8
        Set-Content -LiteralPath $copy -Value $before -Encoding UTF8
        Connect-PartnerCenter -Emulator -EmulatorData $copy | Out-Null
        Get-PartnerServiceRequest -IncludeNotes | ConvertTo-Json -Depth 8 | Should -BeExactly $before
    }

    It 'can be of a single request' {
        Get-PartnerServiceRequest (Get-SampleId 3) | ConvertTo-Json -Depth 8 | Set-Content -LiteralPath $copy -Encoding UTF8
        Connect-PartnerCenter -Emulator -EmulatorData $copy | Out-Null
        (Get-PartnerServiceRequest).Id | Should -Be (Get-SampleId 3)
    }

    It 'is left alone by what is done to it' {
        Get-PartnerServiceRequest -IncludeNotes | ConvertTo-Json -Depth 8 | Set-Content -LiteralPath $copy -Encoding UTF8
        $before = (Get-FileHash -LiteralPath $copy).Hash
        Connect-PartnerCenter -Emulator -EmulatorData $copy | Out-Null
        Update-PartnerServiceRequest (Get-SampleId 0) -Note one | Out-Null
        (Get-FileHash -LiteralPath $copy).Hash | Should -Be $before
    }

    It 'that holds no requests is refused, and leaves no connection' {
        Set-Content -LiteralPath $copy -Value 'no json'
        { Connect-PartnerCenter -Emulator -EmulatorData $copy } | Should -Throw -ErrorId 'InvalidEmulatorData*'
        Get-PartnerContext | Should -BeNullOrEmpty
    }

    It 'that is missing is refused, and leaves no connection' {
        { Connect-PartnerCenter -Emulator -EmulatorData (Join-Path $TestDrive 'missing.json') } | Should -Throw -ErrorId 'PathNotFound,*'
        Get-PartnerContext | Should -BeNullOrEmpty
    }
}

Describe 'A list of many pages' {
    AfterEach {
        Disconnect-PartnerCenter
        Stop-TestServer $server
    }

    It 'asks for one page of ten thousand where one request is wanted: <_>' -ForEach '-First 1', '| Select-Object -First 1', '| ForEach-Object { $_; break }' {
        $server = Start-TestServer -Count 10000
        Connect-TestServer $server
        $found = Invoke-Expression "foreach (`$once in 1) { Get-PartnerServiceRequest $_ }"
        $found | Should -HaveCount 1
        Get-TestCall $server | Should -HaveCount 1
    }

    It 'gives its first request before the second page is there' {
        $server = Start-TestServer -Count 10 -PageSize 5
        Connect-TestServer $server
        Set-TestFault $server -Address offset -Holds
        $before = 0
        $all = Get-PartnerServiceRequest | ForEach-Object {
            $before++
            if ($before -eq 1) { Resume-TestCall $server }
            $_
        }
        $all | Should -HaveCount 10
    }

    It 'is read once, page by page, of <_> service' -ForEach 'an Older', 'a Current' {
        $server = Start-TestServer -Count 1234 -Generation (-split $_)[1]
        Connect-TestServer $server
        (Get-PartnerServiceRequest -PageSize 100).Id | Should -Be (0..1233 | ForEach-Object { Get-SampleId $_ })
        Get-TestCall $server | Should -HaveCount 13
    }

    It 'follows the next link <_>' -ForEach @(
        '/servicerequests?size=1&offset=1', 'servicerequests?size=1&offset=1', '/v1/servicerequests?size=1&offset=1', '/v1//v1/servicerequests?size=1&offset=1'
        '//servicerequests?size=1&offset=1', '?size=1&offset=1', '{endpoint}v1/servicerequests?size=1&offset=1'
    ) {
        $server = Start-TestServer
        Connect-TestServer $server
        Set-TestFault $server -Address 'offset=1' -Status 200 -Body '{"totalCount":2,"items":[{"id":"2"}]}'
        Set-TestFault $server -Status 200 -Body ('{"totalCount":2,"items":[{"id":"1"}],"links":{"next":{"uri":"' + $_ + '","method":"GET",
            "headers":[{"key":"MS-ContinuationToken","value":"abc"},{"key":"Authorization","value":"Bearer stolen"}]}}}')
        (Get-PartnerServiceRequest).Id | Should -Be '1', '2'
        $second = (Get-TestCall $server)[1]
        $second.path | Should -Be '/v1/servicerequests'
        $second.headers.'MS-ContinuationToken' | Should -Be 'abc'
        $second.headers.Authorization | Should -Be "Bearer $($server.token)"
    }

    It 'does not follow a next link to another origin' {
        $elsewhere = Start-TestServer
        $server = Start-TestServer
        Connect-TestServer $server
        Set-TestFault $server -Status 200 -Body ('{"totalCount":2,"items":[{"id":"1"}],"links":{"next":{"uri":"' + $elsewhere.endpoint + 'v1/servicerequests?offset=1"}}}')
        { Get-PartnerServiceRequest } | Should -Throw -ErrorId 'MalformedResponse*'
        Get-TestCall $elsewhere | Should -BeNullOrEmpty
        Stop-TestServer $elsewhere
    }

    It 'that has no links counts what came, and ends where a page repeats itself, with a warning that some are missing' {
        $server = Start-TestServer
        Set-TestFault $server -Address 'offset=2' -Status 200 -Body '{"totalCount":9,"items":[{"id":"2"},{"id":"3"}]}'
        Set-TestFault $server -Address 'offset=4' -Status 200 -Body '{"totalCount":9,"items":[{"id":"3"},{"id":"2"}]}'
        Set-TestFault $server -Status 200 -Body '{"totalCount":9,"items":[{"id":"1"},{"id":"2"}]}'
        $run = Invoke-InRunspace -Connect $server 'Get-PartnerServiceRequest -PageSize 2'
        $run.Errors | Should -BeNullOrEmpty
        $run.Output.Id | Should -Be '1', '2', '3'
        $run.Warning -match '9' | Should -HaveCount 1
        (Get-TestCall $server).query | Should -Be '?size=2', '?size=2&offset=2', '?size=2&offset=4', '?size=2&offset=1', '?size=2&offset=2', '?size=2&offset=3', '?size=2', '?size=2&offset=2', '?size=2&offset=4'
    }

    It 'of which nobody says what its offset counts, comes whole and each once: <OffsetIs>, <Scope>, <Count>' -ForEach @(
        foreach ($offset in '', 'page', 'pageFromOne') {
            foreach ($scope in 'partner', 'customer') {
                foreach ($count in 'with a count', 'without') {
                    if ($scope -eq 'customer' -or $count -eq 'with a count' -or -not $offset) { @{ OffsetIs = $offset; Scope = $scope; Count = $count } }
                }
            }
        }
    ) {
        $customer = '3b33e682-00c3-41ee-9dd2-a548adf56438'
        $disguise = @{ leavesCountOut = $Count -eq 'without' }
        if ($OffsetIs) { $disguise.offsetIs = $OffsetIs }
        $data = 1..23 | ForEach-Object { @{ id = "$_"; title = "t$_"; organization = @{ id = $customer } } }

        # Of two, pages from one were once lost: counting items had asked for 1, 2, 4, 6.
        $server = Start-TestServer -Generation Older -Data $data -PageSize $(if ($OffsetIs -eq 'pageFromOne') { 2 } else { 5 }) -Disguise $disguise
        $list = if ($Scope -eq 'customer') { "Get-PartnerServiceRequest -CustomerId $customer" } else { 'Get-PartnerServiceRequest' }
        $run = Invoke-InRunspace -Connect $server $list
        Stop-TestServer $server
        $run.Errors | Should -BeNullOrEmpty
        $run.Warning | Should -BeNullOrEmpty
        ($run.Output.Id | Sort-Object { [int]$_ }) -join ' ' | Should -Be (1..23 -join ' ')
    }

    It 'comes whole although its requests are closed while it comes: <Generation>, <Count>' -ForEach @(
        foreach ($generation in 'Current', 'Older') { foreach ($count in 'with a count', 'without') { @{ Generation = $generation; Count = $count } } }
    ) {
        $data = 1..60 | ForEach-Object { @{ id = "$_"; title = "t$_"; status = 'open' } }
        $server = Start-TestServer -Generation $Generation -Data $data -PageSize 10 -Disguise @{ leavesCountOut = $Count -eq 'without' }
        $run = Invoke-InRunspace -Connect $server 'Get-PartnerServiceRequest -Status Open | Update-PartnerServiceRequest -Status Closed -Quiet; @(Get-PartnerServiceRequest -Status Closed).Count'
        $run.Errors | Should -BeNullOrEmpty
        $run.Output | Should -Be 60
        $run.Warning | Should -BeNullOrEmpty
        Get-TestUpdateCount $server | Should -Be 60
        Stop-TestServer $server
    }

    It 'goes on behind an empty page that has a link' {
        $server = Start-TestServer
        $page = { param($items, $next) '{"items":[' + $items + ']' + $(if ($next) { ',"links":{"next":{"uri":"/servicerequests?' + $next + '","method":"GET"}}' }) + '}' }
        Set-TestFault $server -Address 'p=3' -Status 200 -Body (& $page '{"id":"2"}')
        Set-TestFault $server -Address 'p=2' -Status 200 -Body (& $page '' 'p=3')
        Set-TestFault $server -Status 200 -Body (& $page '{"id":"1"}' 'p=2')
        $run = Invoke-InRunspace -Connect $server 'Get-PartnerServiceRequest'
        Stop-TestServer $server
        $run.Output.Id | Should -Be '1', '2'
        $run.Errors | Should -BeNullOrEmpty
    }

    It 'of several states of a service that ignores them is not told to be short' {
        $server = Start-TestServer
        Set-TestFault $server -Status 200 -Body '{"totalCount":2,"items":[{"id":"1","status":"open"},{"id":"2","status":"closed"}]}'
        $run = Invoke-InRunspace -Connect $server 'Get-PartnerServiceRequest -Status Open, Closed'
        Stop-TestServer $server
        $run.Output.Id | Should -Be '1', '2'
        $run.Warning | Should -BeNullOrEmpty
    }

    It 'whose service ignores paging ends with a warning, each once' {
        $server = Start-TestServer -Generation Older -Count 23 -PageSize 5 -Disguise @{ offsetIs = 'nothing' }
        $run = Invoke-InRunspace -Connect $server 'Get-PartnerServiceRequest'
        $calls = @(Get-TestCall $server)
        Stop-TestServer $server
        $run.Output | Should -HaveCount 5
        $run.Warning -match '5.*23' | Should -HaveCount 1
        $calls.Count | Should -BeLessOrEqual 7
    }
}

Describe 'Filters' {
    It '<Filter> let through what <Condition> does, of <Generation> services' -ForEach @(
        foreach ($generation in 'Older', 'Current') {
            @{ Generation = $generation; Filter = '-Status Open'; Condition = '$_.Status -eq ''Open''' }
            @{ Generation = $generation; Filter = '-Status attention_needed, Closed'; Condition = '$_.Status -in ''AttentionNeeded'', ''Closed''' }
            @{ Generation = $generation; Filter = '-Severity Critical, Minimal'; Condition = '$_.Severity -ne ''Moderate''' }
            @{ Generation = $generation; Filter = '-Title *licence*'; Condition = '$_.Title -like ''*licence*''' }
            @{ Generation = $generation; Filter = '-ModifiedAfter $pivot'; Condition = '$_.LastModifiedDate -ge $pivot' }
            @{ Generation = $generation; Filter = '-ModifiedBefore $pivot'; Condition = '$_.LastModifiedDate -lt $pivot' }
            @{ Generation = $generation; Filter = '-CreatedAfter $pivot.AddDays(-3)'; Condition = '$_.CreatedDate -ge $pivot.AddDays(-3)' }
            @{ Generation = $generation; Filter = '-CreatedBefore $pivot.AddDays(-3)'; Condition = '$_.CreatedDate -lt $pivot.AddDays(-3)' }
        }
    ) {
        $server = Start-TestServer -Count 60 -Generation $Generation
        Connect-TestServer $server
        $all = Get-PartnerServiceRequest
        $pivot = $all[30].LastModifiedDate
        $wanted = $all | Where-Object ([scriptblock]::Create($Condition))
        $wanted.Count | Should -BeIn (1..59)
        Invoke-Expression "Get-PartnerServiceRequest $Filter" | ForEach-Object Id | Sort-Object | Should -Be ($wanted.Id | Sort-Object)
        Disconnect-PartnerCenter
        Stop-TestServer $server
    }

    It 'hold where the service ignores them' {
        $server = Start-TestServer
        Connect-TestServer $server
        Set-TestFault $server -Status 200 -Body '{"items":[{"id":"1","status":"open"},{"id":"2","status":"closed"}],"totalCount":2}'
        (Get-PartnerServiceRequest -Status Closed).Id | Should -Be '2'
        Disconnect-PartnerCenter
        Stop-TestServer $server
    }
}

Describe 'Older and current services' {
    It 'give the same objects' {
        $given = foreach ($generation in 'Older', 'Current') {
            $server = Start-TestServer -Generation $generation
            Connect-TestServer $server -Validates
            $open = Get-PartnerServiceRequest -Status Open, AttentionNeeded -PageSize 7
            $all = @($open) + (Get-PartnerServiceRequest $open[0].Id) + ($open[0] | Update-PartnerServiceRequest -Note hello -Status Closed) + (Get-PartnerServiceRequest $open[0].Id)
            ($all | ForEach-Object { '{0}|{1}|{2}|{3}|{4}|{5}|{6}' -f $_.Id, $_.Status, $_.Severity, $_.Title, $_.Description, $_.Organization, $_.Notes.Count }) -join "`n"
            Disconnect-PartnerCenter
            Stop-TestServer $server
        }
        $given[0] | Should -BeExactly $given[1]
        ($given[0] -split "`n")[-1] | Should -Match '\|Closed\|.*\|2$'
    }

    It 'keep the scope of a customer from the list to the update: <_>' -ForEach 'Older', 'Current' {
        $server = Start-TestServer -Generation $_
        Connect-TestServer $server
        $customer = '3b33e682-00c3-41ee-9dd2-a548adf56438'
        $updated = [pscustomobject]@{ TenantId = $customer } | Get-PartnerServiceRequest -First 1 | Update-PartnerServiceRequest -Note x
        $updated.CustomerId | Should -Be $customer
        (Get-TestCall $server).path | Should -Match "^/v1/customers/$customer/servicerequests"
        Disconnect-PartnerCenter
        Stop-TestServer $server
    }

    It 'may send a state that nobody has seen, which is kept and shown' {
        $server = Start-TestServer
        Connect-TestServer $server
        Set-TestFault $server -Status 200 -Body '{"totalCount":2,"items":[{"id":"1","status":"in_progress","severity":7},{"id":"2","status":"open"}]}'
        $found = Get-PartnerServiceRequest
        $found.Status | Should -Be Unknown, Open
        $found.StatusText | Should -Be 'in_progress', 'Open'
        $found[0].SeverityText | Should -Be '7'
        (Get-Line $found 100)[2] | Should -Match 'in_progress +7'
        Disconnect-PartnerCenter
        Stop-TestServer $server
    }
}

Describe 'Many ids' {
    It 'come in order, a bad one told, without stopping the rest' {
        $server = Start-TestServer -Count 30
        Connect-TestServer $server
        $ids = @(0..5 | ForEach-Object { Get-SampleId $_ }) + '6.1E+14' + @(6..29 | ForEach-Object { Get-SampleId $_ })
        $found = Get-PartnerServiceRequest $ids -ErrorVariable failed -ErrorAction SilentlyContinue
        $found.Id | Should -Be (0..29 | ForEach-Object { Get-SampleId $_ })
        Get-ErrorId $failed | Should -Be 'MangledId'
        $failed[0].TargetObject | Should -Be '6.1E+14'
        Disconnect-PartnerCenter
        Stop-TestServer $server
    }

    It 'of -IncludeNotes come in order, with notes and description' {
        $server = Start-TestServer -Count 30
        Connect-TestServer $server
        $found = Get-PartnerServiceRequest -IncludeNotes -First 20
        $found.Id | Should -Be (0..19 | ForEach-Object { Get-SampleId $_ })
        $found | ForEach-Object { $_.Notes.Count } | Select-Object -Unique | Should -Be 1
        $found.Description | Should -Not -Contain $null
        Disconnect-PartnerCenter
        Stop-TestServer $server
    }
}

Describe 'An hour that a time zone has twice' -Skip:(-not $IsLinux) {
    It 'is the one that the service means: <_>' -ForEach 'Europe/Dublin', 'Europe/Berlin', 'Africa/Casablanca' {
        $server = Start-TestServer -Data @{ id = '1'; status = 'open'; lastModifiedDate = '2026-10-25T01:30:00Z' }, @{ id = '2'; status = 'open'; lastModifiedDate = '2026-02-15T02:30:00Z' }
        $lines = Invoke-Fresh -Environment @{ TZ = $_ } "
            `$null = Connect-PartnerCenter -AccessToken $($server.token) -Endpoint $($server.endpoint) -SkipValidation
            foreach (`$at in [datetime]'2026-10-25T01:30:00', [datetime]'2026-02-15T02:30:00') {
                `$utc = [datetime]::SpecifyKind(`$at, 'Utc')
                (Get-PartnerServiceRequest -ModifiedAfter `$utc.AddMinutes(-1) -ModifiedBefore `$utc.AddMinutes(1)).Id
            }"
        Stop-TestServer $server
        $lines | Should -Be '1', '2'
    }
}
