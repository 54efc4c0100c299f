"""What MiniStack's Distributed Map lacks, as AWS's guide has it: ItemBatcher, fields whose value is in the input (…Path), ResultWriter.

Of failed items it counts batches, where AWS counts the items in them.
"""
import json

from ministack.services import stepfunctions as states

PATHS = ("MaxConcurrency", "ToleratedFailurePercentage", "ToleratedFailureCount")


def install(client):
    """Patches MiniStack. client(service) makes a client of the stand-in itself."""
    plain = states._run_distributed_map

    def run(state_def, raw_input, effective, iterator, execution, ctx):
        state = {key: value for key, value in state_def.items() if key not in ("ItemBatcher", "ResultWriter")}
        for field in PATHS:
            if f"{field}Path" in state:
                state[field] = states._resolve_path_or_ctx(state.pop(f"{field}Path"), effective, ctx)
        batches = effective
        if "ItemBatcher" in state_def:
            batches = batched(selected(state, effective, ctx), state_def["ItemBatcher"], effective, ctx)
            state = {key: value for key, value in state.items() if key not in ("ItemReader", "ItemSelector", "Parameters")}
            state["ItemsPath"] = "$"
        before = set(states._map_runs)
        try:
            output, following = plain(state, raw_input, batches, iterator, execution, ctx)
        finally:
            made = [arn for arn in states._map_runs if arn not in before and states._map_runs[arn]["executionArn"] == execution["executionArn"]]
            if "ResultWriter" in state_def and made:
                written = write(state_def["ResultWriter"], made[-1], effective, ctx, client("s3"))
        return (written if "ResultWriter" in state_def else output), following

    states._run_distributed_map = run


def selected(state, effective, ctx):
    reader = state.get("ItemReader")
    items = states._read_map_items(reader, effective, ctx) if reader else states._resolve_path_or_ctx(state.get("ItemsPath", "$"), effective, ctx)
    selector = state.get("ItemSelector")
    if not selector:
        return items
    return [states._resolve_params_obj(selector, effective, {**ctx, "Map": {"Item": {"Index": i, "Value": item}}}) for i, item in enumerate(items)]


def batched(items, batcher, effective, ctx):
    most = batcher.get("MaxItemsPerBatch") or states._resolve_path_or_ctx(batcher.get("MaxItemsPerBatchPath", "$.none"), effective, ctx)
    largest = batcher.get("MaxInputBytesPerBatch", 262_144)
    shared = states._resolve_params_obj(batcher.get("BatchInput", {}), effective, ctx)
    batches = []
    for item in items:
        last = batches[-1]["Items"] if batches else None
        if last is None or len(last) >= int(most) or len(json.dumps([*last, item]).encode()) > largest:
            batches.append({"BatchInput": shared, "Items": [item]})
        else:
            last.append(item)
    return batches


def write(writer, map_run, effective, ctx, s3):
    """SUCCEEDED_0, FAILED_0 and manifest.json below PREFIX/ID of the run."""
    params = states._resolve_params_obj(writer["Parameters"], effective, ctx)
    config = writer.get("WriterConfig", {})
    lines = config.get("OutputType") == "JSONL"
    folder = f"{params['Prefix']}/{map_run.rsplit(':', 1)[1]}"
    children = [child for child in states._executions.values() if child.get("mapRunArn") == map_run]
    results = {}
    for status in ("SUCCEEDED", "FAILED"):
        entries = [entry for child in children if child["status"] == status for entry in told(child, config.get("Transformation"))]
        body = "".join(json.dumps(entry) + "\n" for entry in entries) if lines else json.dumps(entries)
        key = f"{folder}/{status}_0.{'jsonl' if lines else 'json'}"
        if entries:
            s3.put_object(Bucket=params["Bucket"], Key=key, Body=body.encode())
        results[status] = [{"Key": key, "Size": len(body.encode())}] if entries else []
    manifest = {"DestinationBucket": params["Bucket"], "MapRunArn": map_run, "ResultFiles": {**results, "PENDING": []}}
    s3.put_object(Bucket=params["Bucket"], Key=f"{folder}/manifest.json", Body=json.dumps(manifest).encode())
    return {"MapRunArn": map_run, "ResultWriterDetails": {"Bucket": params["Bucket"], "Key": f"{folder}/manifest.json"}}


def told(child, transformation):
    """What is written of one child execution: all of it, or its output alone; failures are never transformed."""
    if child["status"] != "SUCCEEDED" or transformation not in ("COMPACT", "FLATTEN"):
        names = {"executionArn": "ExecutionArn", "input": "Input", "output": "Output", "error": "Error", "cause": "Cause", "name": "Name", "status": "Status"}
        return [{names[key]: value for key, value in child.items() if key in names and value is not None}]
    output = json.loads(child["output"])
    return output if transformation == "FLATTEN" and isinstance(output, list) else [output]
