using System.Text.Json.Nodes;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Service;
using PartnerCenterSR.Emulator;

namespace PartnerCenterSR.Benchmarks;

/// <summary>Reading a page of 500: the module's reader against parsing alone.</summary>
[MemoryDiagnoser]
public class ReadingBenchmarks
{
    private byte[] _page = [];

    [GlobalSetup]
    public void Make() => _page = JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["totalCount"] = 500, ["items"] = SampleData.Create(500) });

    [Benchmark(Baseline = true)]
    public int Parse()
    {
        using JsonDocument document = JsonDocument.Parse(_page);
        return document.RootElement.GetProperty("items").GetArrayLength();
    }

    [Benchmark]
    public int Read() => ResponseReader.Page(new ApiResponse(200, _page), null)!.Items.Count;
}
