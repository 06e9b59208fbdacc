# A shared machine: strangers at the emulator's door, pipes and devices in the place of files, journals of others, proxies.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
}

Describe 'The emulator on a shared machine' {
    BeforeAll {
        $context = Connect-PartnerCenter -Emulator
        $address = "$($context.Endpoint)v1/servicerequests"
        $client = [Net.Http.HttpClient]::new()

        function Send([string]$Method, [string]$Path, [string]$Body, [string]$Token) {
            $message = [Net.Http.HttpRequestMessage]::new([Net.Http.HttpMethod]::new($Method), "$address$Path")
            if ($Token) { $null = $message.Headers.TryAddWithoutValidation('Authorization', "Bearer $Token") }
            if ($Body) { $message.Content = [Net.Http.StringContent]::new($Body, [Text.Encoding]::UTF8, 'application/json') }
            $answer = $client.SendAsync($message).GetAwaiter().GetResult()
            '{0} {1}' -f [int]$answer.StatusCode, $answer.Content.ReadAsStringAsync().GetAwaiter().GetResult()
        }
    }

    AfterAll {
        $client.Dispose()
        Disconnect-PartnerCenter
    }

    It 'tells a stranger nothing, whatever is asked: <Method> <Path> <Token>' -ForEach @(
        @{ Method = 'GET'; Path = '' }
        @{ Method = 'GET'; Path = '/616122292874576' }
        @{ Method = 'GET'; Path = '/616199999999999' }
        @{ Method = 'PATCH'; Path = '/616122292874576'; Body = '{"status":"closed"}' }
        @{ Method = 'PATCH'; Path = '/616122292874576'; Body = '{' }
        @{ Method = 'DELETE'; Path = '/x' }
        @{ Method = 'GET'; Path = '/../../elsewhere' }
        @{ Method = 'GET'; Path = ''; Token = 'emulator-00000000000000000000000000000000' }
    ) {
        Send $Method $Path $Body $Token | Should -Match '^401 '
        $said = Send GET '' '' ''
        Send $Method $Path $Body $Token | Should -Be $said
    }

    It 'reads no more than an update may have, of a stranger nothing' {
        $large = '{"description":"' + ('x' * 2MB) + '"}'
        Send PATCH '/616122292874576' $large '' | Should -Match '^401 '
    }

    It 'listens on this machine only' {
        [Net.NetworkInformation.IPGlobalProperties]::GetIPGlobalProperties().GetActiveTcpListeners() | Where-Object Port -EQ $context.Endpoint.Port | ForEach-Object {
            [Net.IPAddress]::IsLoopback($_.Address) | Should -BeTrue
        }
    }
}

Describe 'A proxy' {
    It 'never gets what is for this machine: not the emulator''s token, not a loopback endpoint''s' {
        $proxy = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $proxy.Start()
        try {
            $address = "http://127.0.0.1:$($proxy.LocalEndpoint.Port)"
            $lines = Invoke-Fresh -Environment @{ http_proxy = $address; https_proxy = $address; all_proxy = $address } '
                $context = Connect-PartnerCenter -Emulator
                "listed " + @(Get-PartnerServiceRequest).Count'
            $lines | Should -Be 'listed 24'
            $proxy.Pending() | Should -BeFalse
        }
        finally {
            $proxy.Stop()
        }
    }
}

Describe 'What is no regular file' -Skip:(-not $IsLinux) {
    BeforeAll {
        $null = Connect-PartnerCenter -Emulator
        $pipe = Join-Path $TestDrive 'pipe'
        mkfifo $pipe
        $link = Join-Path $TestDrive 'link'
        $null = New-Item -ItemType SymbolicLink -Path $link -Target $pipe
    }

    AfterAll { Disconnect-PartnerCenter }

    It 'is refused at once: <What> of <Kind>' -ForEach $(
        foreach ($kind in 'a pipe', 'a link to a pipe', 'a device') {
            @{ Kind = $kind; What = '-Path'; Do = { param($file) Update-PartnerServiceRequest -Path $file } }
            @{ Kind = $kind; What = '-LiteralPath'; Do = { param($file) Update-PartnerServiceRequest -LiteralPath $file } }
            @{ Kind = $kind; What = 'a piped file'; Do = { param($file) Get-Item -LiteralPath $file | Update-PartnerServiceRequest } }
            @{ Kind = $kind; What = '-JournalPath'; Do = { param($file) Update-PartnerServiceRequest 616122292874576 -Note x -JournalPath $file } }
            @{ Kind = $kind; What = 'the journal to read'; Do = { param($file) Get-PartnerServiceRequestJournal $file } }
            @{ Kind = $kind; What = '-EmulatorData'; Do = { param($file) Connect-PartnerCenter -Emulator -EmulatorData $file } }
        }
    ) {
        $null = Connect-PartnerCenter -Emulator
        $file = @{ 'a pipe' = $pipe; 'a link to a pipe' = $link; 'a device' = '/dev/zero' }[$Kind]
        { & $Do $file } | Should -Throw '*no regular file*' -ErrorId 'FileOpenFailure*'
    }
}

Describe 'A journal' -Skip:(-not $IsLinux -or (id -u) -ne 0) {
    BeforeAll { $null = Connect-PartnerCenter -Emulator }
    AfterAll { Disconnect-PartnerCenter }

    It 'of another user is refused, by a link of theirs too: <_>' -ForEach 'file', 'link' {
        $journal = Join-Path $TestDrive "others-$_.jsonl"
        if ($_ -eq 'file') { Set-Content $journal ''; chmod 600 $journal } else { ln -s (Join-Path $TestDrive 'own.jsonl') $journal }
        chown -h nobody $journal
        { Update-PartnerServiceRequest 616122292874576 -Note x -JournalPath $journal } | Should -Throw '*belongs to nobody*' -ErrorId 'InvalidJournal*'
        (Get-PartnerServiceRequest 616122292874576).Notes | Should -HaveCount 1
    }
}
